-- B12e 应急转贷情况表: emergency refinancing by credit grade and bank, a total after each grade, that of all last; the discount of the fee is
-- weighted by amount, and the most that the grade allows stands beside it (T3).
-- from lent.sql
create temp view grain as
select product as code, product_name as name, bank_place as place, bank_name as of_bank, sold.* from sold where class = 'refinance'
union all select product, product_name, 1000, '合计', sold.* from sold where class = 'refinance'
union all select '~', '合计', 1000, '合计', sold.* from sold where class = 'refinance';

select name as product, of_bank as bank, sum(cust_n) as cust, sum(txn_n) as txn, wan(sum(issue_ytd)) as ytd,
       ratio(strict(times(issue_ytd, ratio(fee_cut, 1000000))), sum(issue_ytd)) as fee_cut,
       case when code = '~' then '\-' else wan(max(discount_max)) end as discount_max
from grain group by code, name, place, of_bank order by code, place
