-- B09f 信贷产品投放表（分乡镇） (D23): a product of a bank in a town a row, for the towns that banks report by themselves; by area, town, class,
-- product and bank.
-- from lent.sql
select area_name as area, town, product_name as product, bank_name as bank, sum(cust_n) as cust, sum(txn_n) as txn, wan(sum(credit)) as credit,
       wan(sum(issue_ytd)) as ytd, wan(sum(issue_cum)) as cum, wan(sum(bal)) as bal, wan(ratio(sum(credit), sum(approved_n))) as avg_credit,
       wan(ratio(sum(issue_ytd), sum(txn_n))) as avg_loan
from lent where town is not null
group by area_place, area_name, town, class_place, lent.product, bank_place order by area_place, town, class_place, lent.product, bank_place
