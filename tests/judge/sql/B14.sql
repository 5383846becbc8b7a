-- B14 直接融资表 (D03, D04): issues dated from January to the month against those of the same months a year ago, which are unknown
-- where the ledger does not reach back.
create temp view issue as
select a."order" as place, company, instrument, amt, date,
       substr(date, 1, 4) = year and substr(date, 1, 7) <= month.period as this_year,
       substr(date, 1, 4) = substr(same, 1, 4) and substr(date, 1, 7) <= same as last_year,
       substr(date, 1, 7) = month.period as this_month
from L4 join areas a on a.area = L4.area, month
-- an area that the ledger says nothing of has raised nothing
union all select "order", null, '', 0, null, 0, 0, 0 from areas where (select count(*) from L4) > 0;

create temp view wanted as
select "order" as place, "order" as low, "order" as high, name_zh as area from areas where leaf = 1
union all select 1000, -1, 1000, '全市';

create temp view summed as
select w.place, w.area, count(distinct case when this_year then company end) as firms,
       sum(amt * this_year * (instrument = 'ipo')) as ipo, sum(amt * this_year * (instrument = 'neeq')) as neeq,
       sum(amt * this_year * (instrument = 'bond')) as bond, sum(amt * this_year * (instrument = 'convertible')) as convertible,
       sum(amt * this_year * (instrument = 'fund')) as fund, sum(amt * this_year * (instrument = 'other')) as other,
       sum(amt * this_year) as total, sum(amt * this_month) as month,
       case when (select count(*) from L4, month where substr(date, 1, 4) < year) then sum(amt * last_year) end as same
from wanted w left join issue i on i.place between w.low and w.high
group by w.place, w.area;

select area, case when total is not null then firms end as firms, yi(ipo) as ipo, yi(neeq) as neeq, yi(bond) as bond, yi(convertible) as convertible, yi(fund) as fund,
       yi(other) as other, yi(total) as total, yi(month) as month, yi(same) as same, yi(sub(total, same)) as inc, pct(sub(total, same), same) as growth,
       case when total is not null and place = 1000 then '\-'
            when total is not null then rank() over (partition by place = 1000, total is null order by rounded(yi(total), 2) desc) end as rank
from summed order by place
