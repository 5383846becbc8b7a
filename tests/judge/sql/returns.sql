-- The returns of the month in all currencies, with those of institutions that have gone out of business since a past month:
-- they lend nothing any more and report nothing of it.
create temp view gone as
select distinct p.area, p.bank
from (select area, bank, scope from open_F1 union select area, bank, scope from same_F1 union select area, bank, scope from prev_F1) p
     join institutions i on i.bank = p.bank
where p.scope = 'all' and substr(i.active_to, 1, 7) < (select period from month)
      and not exists (select 1 from F1 where F1.area = p.area and F1.bank = p.bank and F1.scope = p.scope);

create temp view filed as
select area, bank, loan, iss_ytd, iss_ind_ytd, iss_ind_n, iss_hh_ytd, iss_hh_n, iss_incl_ytd, iss_sme_ytd, iss_smeu_ytd, iss_agri_ytd, first_n,
       ext_n, ext_amt, defer_n, defer_amt, renew_n, renew_amt, rate_w, rate_min, int_m_n, int_q_n, int_h_n, int_y_n, relend_amt, relend_min, relend_w
from F1 where scope = 'all'
union all
select area, bank, 0, '\-', '\-', '\-', '\-', '\-', '\-', '\-', '\-', '\-', '\-', '\-', '\-', '\-', '\-', '\-', '\-', '\-', '\-', '\-', '\-', '\-', '\-', '\-',
       '\-', '\-' from gone;

create temp view branch as
select a."order" as area_place, a.name_zh as area_name, b."order" as bank_place, b.name_zh as bank_name, filed.*
from filed join areas a on a.area = filed.area join institutions b on b.bank = filed.bank;

-- An area a row, whether a bank has filed there or not, and the city.
create temp view of_area as
select a."order" as place, a.name_zh as name, branch.* from areas a left join branch on branch.area = a.area
union all select 1000, '全市', branch.* from branch;

-- Every bank of an area, each area, each bank over the areas, and all.
create temp view of_area_and_bank as
select area_place as place, area_name as name, bank_place as second, bank_name as of_bank, branch.* from branch
union all select area_place, area_name, 1000, '合计', branch.* from branch
union all select 1000, '全市', bank_place, bank_name, branch.* from branch
union all select 1000, '全市', 1000, '合计', branch.* from branch;
