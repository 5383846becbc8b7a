-- B11g 信用等级额度与利率优惠规定表 (D42): what is in force in the month; banks and kinds of subjects in house order, the best grade first.
-- from grades.sql
create temp view cells as select 0 as x_place, '' as x, 0 as y_place, '' as y, 0 as z_place, '' as z, graded.* from graded;

select b.name_zh as bank, k.title as type, grade, coalesce(score_min, '\-') as score_min, wan(coalesce(cap, '\-')) as cap, wan(coalesce(discount_max, '\-')) as discount_max,
       wan(coalesce(bp_min, '\-')) as bp_min, wan(coalesce(bp_max, '\-')) as bp_max, wan(coalesce(acquiring_fee, '\-')) as acquiring_fee, unsecured, fast_lane, valid_from
from rule r join institutions b on b.bank = r.bank join kind k on k.code = r.type order by b."order", k.place, level
