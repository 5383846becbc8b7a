-- B17e 新型抵质押贷款情况表 (D23): loans on what was not taken as collateral before, by product and bank; a total after each kind of collateral,
-- that of all last.
-- from lent.sql
create temp view taken as
select sold.*, coalesce(c.name_zh, collateral) as collateral_name
from sold left join codes c on c."table" = 'collateral' and c.code = collateral where new_collateral = 1;

create temp view grain as
select collateral as of_kind, collateral_name as name, 0 as last, product as of_code, product_name as of_product, bank_place as place,
       bank_name as of_bank, taken.* from taken
union all select collateral, collateral_name, 1, '', '合计', 0, '合计', taken.* from taken
union all select '~', '合计', 1, '', '合计', 0, '合计', taken.* from taken;

select name as collateral, of_product as product, of_bank as bank, count(distinct area) as areas, sum(cust_n) as cust, sum(txn_n) as txn,
       wan(sum(credit)) as credit, wan(sum(issue_ytd)) as ytd, wan(sum(issue_cum)) as cum, wan(sum(bal)) as bal,
       wan(ratio(sum(issue_ytd), sum(txn_n))) as avg_loan
from grain group by of_kind, name, last, of_code, of_product, place, of_bank order by of_kind, last, of_code, place
