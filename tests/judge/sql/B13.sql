-- B13 上市挂牌梯队进度表 (D30): an area a row, in house order, the city last; firms are counted once, whatever boards they stand on.
create temp view firm as
select L3.*, a."order" as place, year, month.period as now, month_end
from L3 join areas a on a.area = L3.area, month;

create temp view moves as
select place, company, reserve_date as day, now from firm union all select place, company, successive_date, now from firm
union all select place, company, seed_date, now from firm union all select place, company, intent_date, now from firm
union all select place, company, start_date, now from firm union all select place, company, reform_date, now from firm
union all select place, company, contract_date, now from firm union all select place, company, tutoring_date, now from firm
union all select place, company, accepted_date, now from firm union all select place, company, listed_date, now from firm;

create temp view wanted as
select "order" as place, "order" as low, "order" as high, name_zh as area from areas where leaf = 1
union all select 1000, -1, 1000, '全市';

select w.area,
       case when (select count(*) from L3) then count(distinct case when reserve_date is not null then company end) end as reserve,
       case when (select count(*) from L3) then count(distinct case when substr(reserve_date, 1, 4) = year then company end) end as reserve_year,
       case when (select count(*) from L3) then count(distinct case when reserve_date is not null and grade in ('AA', 'AAA') then company end) end as reserve_aa,
       case when (select count(*) from L3) then count(distinct case when successive_date is not null then company end) end as successive,
       case when (select count(*) from L3) then count(distinct case when seed_date is not null then company end) end as seed,
       case when (select count(*) from L3) then count(distinct case when substr(seed_date, 1, 4) = year then company end) end as seed_year,
       case when (select count(*) from L3) then count(distinct case when reform_date is not null then company end) end as reform,
       case when (select count(*) from L3) then count(distinct case when substr(reform_date, 1, 4) = year then company end) end as reform_year,
       case when (select count(*) from L3) then (select count(distinct company) from moves m
                                        where m.place between w.low and w.high and substr(day, 1, 7) = m.now) end as moved,
       case when (select count(*) from L3) then coalesce(sum(request_n), 0) end as requests, case when (select count(*) from L3) then coalesce(sum(solved_n), 0) end as solved,
       case when (select count(*) from L3) then pct(coalesce(sum(solved_n), 0), coalesce(sum(request_n), 0)) end as solved_rate,
       case when (select count(*) from L3) then count(distinct case when julianday(month_end) - julianday(open_since) > 30 then company end) end as open_30
from wanted w left join firm f on f.place between w.low and w.high
group by w.place, w.area
order by w.place
