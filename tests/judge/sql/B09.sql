-- B09 信贷产品投放表（分产品） (D18, D23, D42): a product of a bank a row, by class, product and bank; a total after each class, that of all last.
-- from lent.sql
select name as class, of_product as product, of_bank as bank, count(distinct area) as areas, sum(cust_n) as cust, sum(cust_cum) as cust_cum,
       sum(txn_n) as txn, sum(txn_cum) as txn_cum, wan(sum(credit)) as credit, wan(sum(used)) as used, pct(sum(used), sum(credit)) as use_rate,
       wan(sum(issue_ytd)) as ytd, wan(sum(ind_ytd)) as ind, wan(sum(issue_cum)) as cum, wan(sum(bal)) as bal,
       wan(ratio(sum(credit), sum(approved_n))) as avg_credit, wan(ratio(sum(issue_ytd), sum(txn_n))) as avg_loan,
       case when last then '\-' else max(cap) end as cap, strict(beyond) as over
from of_class group by place, name, last, code, of_product, second, of_bank order by place, last, code, second
