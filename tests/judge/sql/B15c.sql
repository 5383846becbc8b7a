-- B15c (D25): the rate on the increment of inclusive small and micro loans since the base month, by bank, against what was paid.
-- from rewards.sql

create temp view placed as
select a."order" as place, a.name_zh as area_name, i."order" as bank_place, i.name_zh as bank_name, class, base_month, base, now, rate, due, paid
from earned e join institutions i on i.bank = e.bank join areas a on a.area = e.area
union all select 1000, '全市', 1000, '合计', '', max(base_month), strict(base), strict(now), max(rate), strict(due), strict(paid) from earned having count(*) > 0;

select area_name as area, bank_name as bank, base_month, yi(base) as base, yi(now) as now, yi(sub(now, base)) as inc, ratio(rate, 1000000) as rate, wan(due) as due,
       wan(paid) as paid, wan(sub(paid, due)) as difference,
       case when bank_place = 1000 then '\-'
            when paid is not null then rank() over (partition by class, paid is null order by rounded(wan(paid), 2) desc) end as class_rank
from placed order by place, bank_place
