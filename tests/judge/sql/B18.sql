-- B18 防范非法集资线索处置与无非法集资村社情况表 (D31, D33): an area a row, in house order, the city last; an area without a clue has
-- zeros. Villages are those of L14.
create temp view clue as
select *, outcome is null as is_open, julianday((select month_end from month)) - julianday(date) as age from L9 where kind = 'clue';

create temp view placed as
select a."order" as place, a.name_zh as area_name, clue.* from areas a left join clue on clue.area = a.area
union all select 1000, '全市', clue.* from clue;

create temp view summed as
select place, area_name, count(id) as clues, count(case outcome when 'filed' then 1 end) as filed,
       count(case outcome when 'verified' then 1 end) as verified, count(case when is_open and age > 30 then 1 end) as open_30,
       count(case when is_open and age > 90 then 1 end) as open_90, count(case when reward > 0 then 1 end) as rewarded,
       coalesce(sum(reward), 0) as reward
from placed group by place, area_name;

create temp view village as
select a."order" as place, sum(villages) as villages, sum(clean) as clean from L14 join areas a on a.area = L14.area group by a."order"
union all select 1000, sum(villages), sum(clean) from L14;

select area_name as area, clues, filed, verified, pct(filed + verified, clues) as rate, open_30, open_90, rewarded, wan(reward) as reward,
       villages, clean, pct(clean, villages) as clean_share
from summed left join village on village.place = summed.place order by summed.place
