-- B12 助企纾困情况表 (D23, D40): an area a row, in house order, the city last. A loan is extended, deferred or renewed, never two of them.
-- from returns.sql
create temp view helped as
select place, name, strict(first_n) as first_n, strict(ext_n) as ext_n, strict(ext_amt) as ext_amt, strict(defer_n) as defer_n,
       strict(defer_amt) as defer_amt, strict(renew_n) as renew_n, strict(renew_amt) as renew_amt
from of_area group by place, name;

select name as area, first_n, ext_n, yi(ext_amt) as ext_amt, defer_n, yi(defer_amt) as defer_amt, renew_n, yi(renew_amt) as renew_amt,
       "add"("add"(ext_n, defer_n), renew_n) as relief_n, yi("add"("add"(ext_amt, defer_amt), renew_amt)) as relief_amt,
       wan(ratio("add"("add"(ext_amt, defer_amt), renew_amt), "add"("add"(ext_n, defer_n), renew_n))) as relief_avg
from helped order by place
