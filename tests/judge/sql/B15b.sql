-- B15b (D25 to D28): what is due and paid by scheme or board, by level, and of rewards for listing by stage; then all of the area.
-- from rewards.sql

create temp view located as
select a."order" as place, a.name_zh as area_name, claim.* from claim join areas a on a.area = claim.area
union all select 1000, '全市', claim.* from claim;

create temp view listed as
select place, area_name, coalesce(board, scheme) as item_name, level as level_name, coalesce(stage, '\-') as stage_name, party, due, paid, ytd from located
union all select place, area_name, '合计', '合计', '合计', party, due, paid, ytd from located;

select area_name as area, item_name as item, level_name as level, stage_name as stage,
       case when strict(due) is not null then count(distinct case when due <> 0 then party end) end as firms, wan(strict(due)) as due,
       case when strict(paid) is not null then count(distinct case when paid > 0 then party end) end as paid_firms, wan(strict(paid)) as paid,
       wan(strict(ytd)) as ytd, wan(sub(strict(paid), strict(due))) as difference
from listed group by place, item_name, level_name, stage_name
order by place, instr('listing ipo neeq regional reform interest guarantee incentive 合计', item_name), instr('city district upper 合计', level_name),
         instr('contract tutoring accepted listed \- 合计', stage_name)
