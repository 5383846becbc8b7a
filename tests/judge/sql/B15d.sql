-- B15d: the rules in force at the month's end, in every area where they hold; rewards of city and district for one board also together.
create temp view rule as
select a."order" as place, a.name_zh as area_name, coalesce(r.board, r.scheme) as item, r.level, r.stage, r.ratio, r.cap, r.valid_from,
       case when r.unit_amount is not null then r.unit_amount when r.total is not null then ratio(times(r.total, r.weight), r.weight_sum) end as amount
from listing_rules r join areas a on coalesce(r.area, a.area) = a.area, month
where r.valid_from <= month_end and month_end <= coalesce(r.valid_to, '9999-12-31');

create temp view shown as
select place, area_name, item, level as level_name, stage, ratio, cap, valid_from, amount from rule
union all select place, area_name, item, '合计', stage, ratio, cap, '\-', amount from rule x
where amount is not null and exists (select 1 from rule y where y.place = x.place and y.item = x.item and y.level <> x.level);

select area_name as area, item, level_name as level,
       case when sum(stage = 'contract') then wan(strict(case when stage = 'contract' then amount else 0 end)) else '\-' end as contract,
       case when sum(stage = 'tutoring') then wan(strict(case when stage = 'tutoring' then amount else 0 end)) else '\-' end as tutoring,
       case when sum(stage = 'accepted') then wan(strict(case when stage = 'accepted' then amount else 0 end)) else '\-' end as accepted,
       case when sum(stage = 'listed') then wan(strict(case when stage = 'listed' then amount else 0 end)) else '\-' end as listed,
       case when count(amount) then wan(strict(amount)) else '\-' end as total,
       coalesce(wan(max(ratio)), '\-') as ratio, coalesce(wan(max(cap)), '\-') as cap, max(valid_from) as since
from shown group by place, item, level_name
order by place, instr('listing ipo neeq regional reform interest guarantee incentive', item), instr('city district upper 合计', level_name)
