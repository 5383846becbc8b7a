-- B17d 信贷产品办理用时表: days from complete documents, weighted by the number of loans; a product of a bank with loans of the year a row, by
-- class, product and bank.
-- from lent.sql
create temp view timed as
select lent.*, case when days_disburse = '\-' then '\-' else txn_n end as base from lent where txn_n > 0;

select class_name as class, product_name as product, bank_name as bank, sum(txn_n) as txn,
       ratio(strict(times(txn_n, wan(days_submit))), strict(base)) as submit, ratio(strict(times(txn_n, wan(days_approve))), strict(base)) as approve,
       ratio(strict(times(txn_n, wan(days_disburse))), strict(base)) as disburse
from timed group by class_place, class_name, timed.product, product_name, bank_place, bank_name order by class_place, timed.product, bank_place
