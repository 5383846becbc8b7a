-- B15 财政金融奖补与激励资金表 (D25 to D29): what was due by rule and what was paid, an area and scheme a row, rewards for listing also by board.
-- from rewards.sql

create temp view located as
select a."order" as place, a.name_zh as area_name, claim.* from claim join areas a on a.area = claim.area
union all select 1000, '全市', claim.* from claim;

create temp view listed as
select place, area_name, scheme as item, located.* from located
union all select place, area_name, board, located.* from located where scheme = 'listing'
union all select place, area_name, '合计', located.* from located;

select area_name as area, item,
       case when strict(due) is not null then count(distinct case when due <> 0 then party end) end as firms, wan(strict(due)) as due,
       case when strict(paid) is not null then count(distinct case when paid > 0 then party end) end as paid_firms, wan(strict(paid)) as paid,
       wan(strict(case when level = 'city' then paid else 0 end)) as city, wan(strict(case when level = 'district' then paid else 0 end)) as district,
       wan(strict(ytd)) as ytd, wan(sub(strict(paid), strict(due))) as difference,
       case when strict(paid) is not null then count(distinct case when paid > 0 and sector = 'agriculture' then party end) end as agri_firms,
       wan(strict(case when sector = 'agriculture' then paid else 0 end)) as agri_paid
from listed group by place, item
order by place, instr('listing ipo neeq regional reform interest guarantee incentive 合计', item)
