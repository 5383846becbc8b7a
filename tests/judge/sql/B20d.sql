-- B20d 县市区指标排名附表: competition ranks of the printed values (D37).
-- months 03 06 09 12
-- from ranked.sql
select indicator, unit, object as area, wan(value) as value, rank, rank_of
from area_ranks left join areas a on a.name_zh = object order by place, coalesce(a."order", 1000)
