-- B06b: the same by bank, in house order, with what waits for funds (D19); the banks there are, then all of them.
-- from projects.sql

select title as bank, count(*) as recommended, sum(is_signed) as projects, count(distinct case when is_signed then company end) as firms,
       yi(sum(signed)) as signed, yi(sum(credit)) as credit, pct(sum(credit), sum(signed)) as credit_rate, yi(sum(paid)) as paid,
       pct(sum(paid), sum(signed)) as paid_rate, pct(sum(paid), sum(approved)) as draw_rate,
       sum(is_signed and sector = 'industry') as ind_projects, yi(coalesce(sum(case when sector = 'industry' then credit end), 0)) as ind_credit,
       yi(coalesce(sum(case when sector = 'industry' then paid end), 0)) as ind_paid, sum(is_waiting) as waiting_n,
       yi(coalesce(sum(case when is_waiting then credit end), 0)) as waiting,
       coalesce(max(case when is_waiting then credit_age end), '\-') as waiting_days,
       sum(is_open and event_age > 30) as open_30, sum(is_open and event_age > 90) as open_90
from by_bank group by place, title order by place
