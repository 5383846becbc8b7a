-- B12b 助企纾困情况表（分机构） (D23, D40): a bank of an area a row, in house order, totals last.
-- from returns.sql
create temp view helped as
select place, name, second, of_bank, strict(first_n) as first_n, strict(ext_n) as ext_n, strict(ext_amt) as ext_amt, strict(defer_n) as defer_n,
       strict(defer_amt) as defer_amt, strict(renew_n) as renew_n, strict(renew_amt) as renew_amt
from of_area_and_bank group by place, name, second, of_bank;

select name as area, of_bank as bank, first_n, ext_n, yi(ext_amt) as ext_amt, defer_n, yi(defer_amt) as defer_amt, renew_n, yi(renew_amt) as renew_amt,
       "add"("add"(ext_n, defer_n), renew_n) as relief_n, yi("add"("add"(ext_amt, defer_amt), renew_amt)) as relief_amt,
       wan(ratio("add"("add"(ext_amt, defer_amt), renew_amt), "add"("add"(ext_n, defer_n), renew_n))) as relief_avg
from helped order by place, second
