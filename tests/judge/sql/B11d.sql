-- B11d 信用等级授信情况表 (D18, D23, D42): areas in house order, in each its kinds of subjects and all; the city last.
-- from grades.sql
create temp view cells as
select area_place as x_place, area_title as x, kind_place as y_place, kind_title as y, 0 as z_place, '' as z, graded.* from graded
union all select area_place, area_title, 100, '合计', 0, '', graded.* from graded
union all select 1000, '全市', kind_place, kind_title, 0, '', graded.* from graded
union all select 1000, '全市', 100, '合计', 0, '', graded.* from graded;

select x as area, y as type, banks, subjects, shared, n_aaa, n_aa, n_a_plus, n_a, fast, credit, avg, used, use_rate, rate_base, rate, discount, over_cap, over_rate
from grades order by x_place, y_place
