-- B11e 信用等级授信情况表（分机构） (D18, D23, D42): areas, banks and kinds of subjects in house order.
-- from grades.sql
create temp view cells as
select area_place as x_place, area_title as x, bank_place as y_place, bank_title as y, kind_place as z_place, kind_title as z, graded.* from graded;

select x as area, y as bank, z as type, subjects, credit, avg, used, use_rate, rate_base, rate, discount, cut, over_cap, over_rate
from grades order by x_place, y_place, z_place
