-- The villages that banks have granted credit as a whole (L6), each once: its households are those of the bank that has granted
-- most, its credit is that of all. `village` has every village of the register or the ledger, with the town it is of.
create temp view granted as
select area, town, village, count(distinct bank) as banks, sum(credit) as credit, sum(used) as used, max(hh_granted) as hh_granted
from L6 group by area, town, village;

create temp view most as
select g.*, (select max(hh_total) from L6 where L6.village = g.village and L6.hh_granted = g.hh_granted) as hh_total,
       (select max(hh_excluded) from L6 where L6.village = g.village and L6.hh_granted = g.hh_granted) as hh_excluded,
       (select max(hh_used) from L6 where L6.village = g.village and L6.hh_granted = g.hh_granted) as hh_used
from granted g;

create temp view town_register as
select p.area, p.town, max(p.name_zh) as title, count(*) as registered, sum(hh_registered) as hh_registered, sum(merchants_n) as merchants from places p group by p.area, p.town;

create temp view town_credit as
select area, town, count(*) as villages, sum(banks > 1) as shared, sum(hh_total) as hh_total, sum(hh_excluded) as hh_excluded, sum(hh_granted) as hh_granted,
       sum(hh_used) as hh_used, sum(credit) as credit, sum(used) as used
from most group by area, town;

create temp view town as
select a."order" as area_place, a.name_zh as area_title, r.town as code, r.title, registered, hh_registered, merchants, coalesce(villages, 0) as villages,
       coalesce(shared, 0) as shared, coalesce(hh_total, 0) as hh_total, coalesce(hh_excluded, 0) as hh_excluded, coalesce(hh_granted, 0) as hh_granted,
       coalesce(hh_used, 0) as hh_used, coalesce(credit, 0) as credit, coalesce(used, 0) as used
from town_register r join areas a on a.area = r.area left join town_credit c on c.area = r.area and c.town = r.town;
