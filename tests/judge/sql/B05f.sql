-- B05f 司法执行情况表 (D34): an area a row, in house order, the city last; an area without a case in the ledger has zeros.
create temp view placed as
select a."order" as place, a.name_zh as area, L8.* from areas a left join L8 on L8.area = a.area
union all select 1000, '全市', L8.* from L8;

create temp view summed as
select place, area, coalesce(sum(cases), 0) as cases, coalesce(sum(amount), 0) as amount, coalesce(sum(completed), 0) as completed,
       coalesce(sum(settled), 0) as settled, coalesce(sum(restricted_n), 0) as restricted, coalesce(sum(dishonest_n), 0) as dishonest,
       count(distinct case when dishonest_n > 0 then company end) as veto_firms
from placed group by place, area;

select area, cases, yi(amount) as amount, yi(completed) as completed, yi(settled) as settled, yi(completed + settled) as executed,
       pct(completed + settled, amount) as rate,
       case when place = 1000 or amount = 0 then '\-'
            else rank() over (partition by place = 1000, amount = 0 order by rounded(pct(completed + settled, amount), 2) desc) end as rate_rank,
       restricted, dishonest, veto_firms
from summed order by place
