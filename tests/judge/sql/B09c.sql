-- B09c 信贷产品投放表（分县市区） (D23): a product of a bank in an area a row, by area, class, product and bank; a total after each area, the city last.
-- from lent.sql
create temp view grain as
select area_place as place, area_name as name, class_place as kind_place, product as code, product_name as of_product, bank_place as second,
       bank_name as of_bank, lent.*
from lent
union all select area_place, area_name, 1000, '', '合计', 0, '合计', lent.* from lent
union all select 1000, '全市', 1000, '', '合计', 0, '合计', lent.* from lent;

select name as area, of_product as product, of_bank as bank, sum(cust_n) as cust, sum(txn_n) as txn, sum(txn_cum) as txn_cum,
       wan(sum(credit)) as credit, wan(sum(issue_ytd)) as ytd, wan(sum(ind_ytd)) as ind, wan(sum(issue_cum)) as cum, wan(sum(bal)) as bal,
       wan(ratio(sum(credit), sum(approved_n))) as avg_credit, wan(ratio(sum(issue_ytd), sum(txn_n))) as avg_loan
from grain group by place, name, kind_place, code, of_product, second, of_bank order by place, kind_place, code, second
