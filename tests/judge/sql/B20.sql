-- B20 机构与人才情况表: banks by their branches, insurers by their offices, local organisations by their head office; each once in the city.
-- months 03 06 09 12
-- from institutions.sql
create temp view place as select area, name_zh, "order" from areas union all select '全市', '全市', 1000;
create temp view counted as
select p.area, p.name_zh, p."order", h.bank, h.class from place p left join here h on h.area = p.area or p.area = '全市';

select name_zh as area,
       count(distinct case when class = '政策性' then bank end) as policy, count(distinct case when class = '国有' then bank end) as state,
       count(distinct case when class = '股份' then bank end) as joint, count(distinct case when class = '城商' then bank end) as city,
       count(distinct case when class = '农商' then bank end) as rural, count(distinct case when class = '村镇' then bank end) as village,
       count(distinct case when class in ('政策性', '国有', '股份', '城商', '农商', '村镇') then bank end) as banks,
       count(distinct case when class = '保险' then bank end) as insurer,
       count(distinct case when class = '小贷' then bank end) as micro, count(distinct case when class = '担保' then bank end) as guarantee,
       count(distinct case when class = '典当' then bank end) as pawn, count(distinct case when class = '民间融资' then bank end) as private,
       count(distinct case when class = '融资租赁' then bank end) as lease, count(distinct case when class = '基金' then bank end) as fund,
       count(distinct case when class in ('小贷', '担保', '典当', '民间融资', '融资租赁', '基金') then bank end) as locals,
       count(distinct bank) as institutions,
       (select coalesce(sum(o.outlets), 0) from outlets o, month m where o.kind = 'technology' and (o.area = counted.area or counted.area = '全市')
            and coalesce(substr(o.active_from, 1, 7), '') <= m.period and coalesce(substr(o.active_to, 1, 7), '9999') >= m.period) as tech,
       -- a ledger without a row was not delivered
       (select case when (select count(*) from L10) > 0 then coalesce(sum(a.people), 0) end from L10 a, month m
            where a.type = 'talent' and substr(a.date, 1, 4) = m.year and (a.area = counted.area or counted.area = '全市')) as talents
from counted group by area order by "order"
