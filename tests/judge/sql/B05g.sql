-- B05g 司法执行情况表（分机构） (D34): a bank of the ledger a row, in house order, all of them last.
create temp view placed as
select b."order" as place, b.name_zh as bank_name, L8.* from L8 join institutions b on b.bank = L8.bank
union all select 1000, '合计', L8.* from L8;

select bank_name as bank, sum(cases) as cases, yi(sum(amount)) as amount, yi(sum(completed)) as completed, yi(sum(settled)) as settled,
       yi(sum(completed) + sum(settled)) as executed, pct(sum(completed) + sum(settled), sum(amount)) as rate,
       sum(restricted_n) as restricted, sum(dishonest_n) as dishonest, count(distinct case when dishonest_n > 0 then company end) as veto_firms
from placed group by place, bank_name order by place
