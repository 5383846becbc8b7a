-- B13c: firms that are listed, by area and board, by the day of listing.
create temp view firm as
select L3.*, a."order" as place, a.name_zh, case board when 'ipo' then 1 when 'neeq' then 2 else 3 end as board_place
from L3 join areas a on a.area = L3.area where listed_date is not null;

create temp view counted as
select place, name_zh as area_name, board_place, board as board_name, company, listed_date as day, venue, sector from firm
union all select place, name_zh, 9, '合计', company, listed_date, venue, sector from firm
union all select 1000, '全市', board_place, board, company, listed_date, venue, sector from firm
union all select 1000, '全市', 9, '合计', company, listed_date, venue, sector from firm;

select area_name as area, board_name as board, count(distinct company) as listed,
       count(distinct case when substr(day, 1, 4) = year then company end) as listed_year,
       count(distinct case when substr(day, 1, 7) = period then company end) as listed_month,
       count(distinct case venue when 'qilu' then company end) as qilu,
       count(distinct case venue when 'lanhai' then company end) as lanhai,
       count(distinct case sector when 'agriculture' then company end) as agri,
       count(distinct case when sector = 'agriculture' and substr(day, 1, 4) = year then company end) as agri_year
from counted, month group by place, board_place
order by place, board_place
