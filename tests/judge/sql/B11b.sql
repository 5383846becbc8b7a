-- B11b 整村授信情况表（分机构） (D17, D18, D23, D42): areas in house order, in each its banks; a village of several banks stands with each.
select a.name_zh as area, b.name_zh as bank, count(distinct town) as towns, count(distinct village) as villages, sum(hh_total) as hh_total,
       sum(hh_excluded) as hh_excluded, sum(hh_granted) as granted, pct(sum(hh_granted), sum(hh_total) - sum(hh_excluded)) as rate, wan(sum(credit)) as credit,
       wan(ratio(sum(credit), sum(hh_granted))) as avg, sum(hh_used) as hh_used, wan(sum(used)) as used, pct(sum(used), sum(credit)) as use_rate,
       sum(n_aaa) as n_aaa, sum(n_aa) as n_aa, sum(n_a_plus) as n_a_plus, sum(n_a) as n_a
from L6 join areas a on a.area = L6.area join institutions b on b.bank = L6.bank group by a."order", b."order" order by a."order", b."order"
