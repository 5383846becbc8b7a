-- B11f 超额度、超优惠授信清单 (D42): every credit beyond the limit or the discount of its grade; areas, banks and kinds in house order.
-- from grades.sql
create temp view cells as select 0 as x_place, '' as x, 0 as y_place, '' as y, 0 as z_place, '' as z, graded.* from graded;

select area_title as area, bank_title as bank, kind_title as type, coalesce((select name_zh from companies where company = subject), subject) as subject, grade,
       wan(credit) as credit, wan(coalesce(cap, '\-')) as cap, over_cap, wan(rate_base) as rate_base, wan(rate) as rate, pct(rate_base - rate, rate_base) as discount,
       wan(coalesce(discount_max, '\-')) as discount_max, wan((rate_base - rate) * 100) as cut, wan(coalesce(bp_min, '\-')) as bp_min,
       wan(coalesce(bp_max, '\-')) as bp_max, over_rate
from graded where over_cap or over_rate order by area_place, bank_place, kind_place, subject
