-- B11c 整村授信情况表（分镇街） (D17, D23, D35): areas in house order, in each its towns by their codes.
-- from villages.sql
select area_title as area, title as town, registered, villages, pct(villages, registered) as coverage, hh_registered, hh_total, hh_excluded, hh_granted as granted,
       pct(hh_granted, hh_total - hh_excluded) as rate, wan(credit) as credit, wan(ratio(credit, hh_granted)) as avg, merchants
from town order by area_place, code
