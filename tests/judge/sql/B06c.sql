-- B06c 签约项目落地与放款时效表 (D19, D39): landed of planned; credited and nothing paid, by days since the credit; not paid in
-- full, by days since the event.
-- from projects.sql

create temp view summed as
select place, sum(is_signed) as projects, sum(planned) as planned, sum(landed) as landed, sum(paid) as paid, sum(approved) as approved,
       sum(is_waiting) as waiting_n, coalesce(sum(case when is_waiting then credit end), 0) as waiting,
       coalesce(max(case when is_waiting then credit_age end), '\-') as waiting_days,
       sum(is_waiting and credit_age > 30) as wait_30, sum(is_waiting and credit_age > 90) as wait_90,
       sum(is_open and event_age > 30) as open_30, sum(is_open and event_age > 90) as open_90
from by_area group by place;

select title as area, projects, planned, landed, pct(landed, planned) as landing_rate, pct(paid, approved) as draw_rate, waiting_n,
       yi(waiting) as waiting, waiting_days, wait_30, wait_90, open_30, open_90
from wanted_area w left join summed s on s.place = w.place
order by w.place
