-- B14b: the same by area and instrument, in 万元, beside all that the ledger holds.
create temp view issue as
select a."order" as place, a.name_zh, L4.*, instr('ipo neeq bond convertible fund other', instrument) as instrument_place,
       substr(date, 1, 4) = year and substr(date, 1, 7) <= month.period as this_year,
       substr(date, 1, 4) = substr(same, 1, 4) and substr(date, 1, 7) <= same as last_year,
       substr(date, 1, 7) = month.period as this_month
from L4 join areas a on a.area = L4.area, month;

create temp view counted as
select place, name_zh as area_name, instrument_place, instrument as instrument_name, company, amt, this_year, last_year, this_month from issue
union all select place, name_zh, 99, '合计', company, amt, this_year, last_year, this_month from issue
union all select 1000, '全市', instrument_place, instrument, company, amt, this_year, last_year, this_month from issue
union all select 1000, '全市', 99, '合计', company, amt, this_year, last_year, this_month from issue;

create temp view summed as
select place, area_name, instrument_place, instrument_name, count(distinct case when this_year then company end) as firms,
       sum(amt * this_year) as amt, sum(amt * this_month) as month,
       case when (select count(*) from L4, month where substr(date, 1, 4) < year) then sum(amt * last_year) end as same,
       count(distinct company) as cum_firms, sum(amt) as cum
from counted group by place, instrument_place;

select area_name as area, instrument_name as instrument, firms, wan(amt) as amt, wan(month) as month, wan(same) as same, wan(sub(amt, same)) as inc,
       pct(sub(amt, same), same) as growth, cum_firms, wan(cum) as cum
from summed order by place, instrument_place
