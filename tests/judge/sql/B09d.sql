-- B09d 信贷产品投放表（分县市区合计） (D05, D18, D20): an area a row, in house order, the city last; the share is of all loans issued (F1).
-- from lent.sql
create temp view grain as
select area_place as place, lent.* from lent union all select 1000, lent.* from lent;

create temp view summed as
select place, count(distinct product) as products, sum(cust_n) as cust, sum(txn_n) as txn, sum(credit) as credit, sum(used) as used,
       sum(issue_ytd) as ytd, sum(ind_ytd) as ind, sum(bal) as bal,
       ratio(strict(times(issue_ytd, ratio(rate_w, 1000000))), strict(rate_base)) as rate_w, strict(saved_ytd) as saved, strict(beyond) as over
from grain group by place;

create temp view issued as
select a."order" as place, sum(iss_ytd) as all_ytd from F1 join areas a on a.area = F1.area where scope = 'all' group by a."order"
union all select 1000, sum(iss_ytd) from F1 where scope = 'all';

create temp view wanted as
select "order" as place, name_zh as name from areas union all select 1000, '全市';

select name as area, products, cust, txn, yi(credit) as credit, yi(used) as used, pct(used, credit) as use_rate, yi(ytd) as ytd,
       pct(ytd, all_ytd) as share, yi(ind) as ind, yi(bal) as bal, rate_w, wan(saved) as saved, over
from wanted w left join summed s on s.place = w.place left join issued i on i.place = w.place order by w.place
