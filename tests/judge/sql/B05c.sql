-- B05c 重点风险贷款累计处置情况表 (D13): what has been disposed of since the ledger began, by area and bank; the totals of an
-- area after its banks, those of the city last.
create temp view gone as
select L7.*, a."order" as area_place, a.name_zh as area_name, b."order" as bank_place, b.name_zh as bank_name
from L7 join areas a on a.area = L7.area join institutions b on b.bank = L7.bank where status = 'closed';

create temp view grain as
select area_place, area_name, bank_place, bank_name, company, method, amount from gone
union all select area_place, area_name, 1000, '合计', company, method, amount from gone
union all select 1000, '全市', bank_place, bank_name, company, method, amount from gone
union all select 1000, '全市', 1000, '合计', company, method, amount from gone;

select area_name as area, bank_name as bank, count(distinct company) as firms,
       yi(sum(case method when 'cash' then amount else 0 end)) as cash, yi(sum(case method when 'woff' then amount else 0 end)) as woff,
       count(distinct case method when 'woff' then company end) as woff_firms,
       yi(sum(case method when 'xfer' then amount else 0 end)) as xfer, yi(sum(case method when 'rest' then amount else 0 end)) as rest,
       yi(sum(amount)) as total
from grain group by area_place, area_name, bank_place, bank_name order by area_place, bank_place
