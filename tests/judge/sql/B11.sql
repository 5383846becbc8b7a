-- B11 整村授信情况表 (D17, D18, D23, D35): areas in house order, the city last; of an area that has no
-- towns in the register nothing is known.
-- from villages.sql
create temp view cells as select a."order" as place, a.name_zh as title, town.* from areas a left join town on town.area_place = a."order" union all select 1000, '全市', town.* from town;

select title as area, sum(registered) as registered, sum(villages) as villages, pct(sum(villages), sum(registered)) as coverage, sum(shared) as shared,
       sum(hh_registered) as hh_registered, sum(hh_total) as hh_total, sum(hh_excluded) as hh_excluded, sum(hh_granted) as granted,
       pct(sum(hh_granted), sum(hh_total) - sum(hh_excluded)) as rate, wan(sum(credit)) as credit, wan(ratio(sum(credit), sum(hh_granted))) as avg,
       sum(hh_used) as hh_used, wan(sum(used)) as used, pct(sum(used), sum(credit)) as use_rate
from cells group by place, title order by place
