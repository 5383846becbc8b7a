-- B08 产业链融资与联合授信表 (D18, D35): areas in house order, in each its chains by code and all of them; the city last. Firms are
-- those that the schemes by chain serve (host banks, joint credit, supply chains); officers and class are those of T4.
-- from service.sql

create temp view cells as
select area_place as x_place, area_title as x, chain as y_place, chain as y, 0 as z_place, '' as z, served.* from served where by_chain and chain <> '\-'
union all select area_place, area_title, '~', '合计', 0, '', served.* from served where by_chain and chain <> '\-'
union all select 1000, '全市', chain, chain, 0, '', served.* from served where by_chain and chain <> '\-'
union all select 1000, '全市', '~', '合计', 0, '', served.* from served where by_chain and chain <> '\-';

create temp view key_chain as select c.*, a."order" as area_place from chains c join areas a on a.area = c.area;
create temp view officers as
select area_place, chain as y_place, count(specialist) as n, max(class) as class from key_chain group by area_place, chain
union all select area_place, '~', count(specialist), '\-' from key_chain group by area_place
union all select 1000, chain, count(specialist), '\-' from key_chain group by chain
union all select 1000, '~', count(specialist), '\-' from key_chain having count(*) > 0;

create temp view place as
select "order" as area_place, name_zh as title from areas where leaf = 1 union all select 1000, '全市';
create temp view wanted as
select x_place, y_place from counted union select area_place, y_place from officers;

select p.title as area, case when w.y_place = '~' then '合计' else coalesce(n.name_zh, w.y_place) end as chain, coalesce(o.class, '\-') as class,
       host_banks, people, coalesce(o.n, '\-') as officers, firms, contacted, pct(contacted, firms) as contact_rate, yi(credit) as credit,
       yi(used) as used, pct(used, credit) as utilisation, yi(balance) as balance
from wanted w join place p on p.area_place = w.x_place left join figures f on f.x_place = w.x_place and f.y_place = w.y_place
left join officers o on o.area_place = w.x_place and o.y_place = w.y_place left join codes n on n."table" = 'chain' and n.code = w.y_place
order by w.x_place, w.y_place
