-- B17 办贷环节、时限与材料压减情况表 (D36): an area a row, in house order, the city last; means over the branches.
-- from handled.sql
select name as area, nullif(count(bank), 0) as branches,
       ratio(sum(steps_old), nullif(count(bank), 0)) as steps_old, ratio(sum(steps), nullif(count(bank), 0)) as steps, pct(sum(steps_old) - sum(steps), sum(steps_old)) as steps_cut,
       ratio(sum(days_old), nullif(count(bank), 0)) as days_old, ratio(sum(days), nullif(count(bank), 0)) as days, pct(sum(days_old) - sum(days), sum(days_old)) as days_cut,
       ratio(sum(docs_old), nullif(count(bank), 0)) as docs_old, ratio(sum(docs), nullif(count(bank), 0)) as docs, pct(sum(docs_old) - sum(docs), sum(docs_old)) as docs_cut
from of_area group by place, name order by place
