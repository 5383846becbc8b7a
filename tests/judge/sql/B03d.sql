-- B03d 本年累放贷款情况表（分机构） (D05, D23): a bank of an area a row, in house order, totals last; averages in 万元 a borrower.
-- from returns.sql
select name as area, of_bank as bank, yi(strict(iss_ytd)) as iss_ytd,
       strict(iss_ind_n) as iss_ind_n, yi(strict(iss_ind_ytd)) as iss_ind_ytd, wan(ratio(strict(iss_ind_ytd), strict(iss_ind_n))) as iss_ind_avg,
       strict(iss_hh_n) as iss_hh_n, yi(strict(iss_hh_ytd)) as iss_hh_ytd, wan(ratio(strict(iss_hh_ytd), strict(iss_hh_n))) as iss_hh_avg,
       yi(strict(iss_incl_ytd)) as iss_incl_ytd, yi(strict(iss_sme_ytd)) as iss_sme_ytd, yi(strict(iss_smeu_ytd)) as iss_smeu_ytd,
       pct(strict(iss_smeu_ytd), strict(iss_sme_ytd)) as iss_smeu_share, yi(strict(iss_agri_ytd)) as iss_agri_ytd
from of_area_and_bank group by place, name, second, of_bank order by place, second
