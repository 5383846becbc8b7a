-- B09e 信贷产品投放表（分机构） (D05, D18, D20): a bank a row, in house order, all of them last; the share is of all loans it issued (F1).
-- from lent.sql
create temp view grain as
select bank_place as place, bank_name as name, lent.* from lent union all select 1000, '合计', lent.* from lent;

create temp view issued as
select b."order" as place, sum(iss_ytd) as all_ytd from F1 join institutions b on b.bank = F1.bank where scope = 'all' group by b."order"
union all select 1000, sum(iss_ytd) from F1 where scope = 'all';

select name as bank, count(distinct product) as products, sum(cust_n) as cust, sum(txn_n) as txn, yi(sum(credit)) as credit, yi(sum(used)) as used,
       pct(sum(used), sum(credit)) as use_rate, yi(sum(issue_ytd)) as ytd, pct(sum(issue_ytd), max(all_ytd)) as share, yi(sum(ind_ytd)) as ind,
       yi(sum(bal)) as bal, ratio(strict(times(issue_ytd, ratio(rate_w, 1000000))), strict(rate_base)) as rate_w, wan(strict(saved_ytd)) as saved,
       strict(beyond) as over
from grain left join issued on issued.place = grain.place group by grain.place, name order by grain.place
