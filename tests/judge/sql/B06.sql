-- B06 银企对接签约项目进度表 (D15, D16): recommended, signed, credited, paid. An area a row, in house order, the city last; an
-- area without project is unknown.
-- from projects.sql

create temp view summed as
select place, count(distinct event) as events, count(*) as recommended, sum(invest) as invest, sum(demand) as demand,
       sum(is_signed) as projects, count(distinct case when is_signed then company end) as firms, sum(signed) as signed,
       sum(is_credited) as credited_n, sum(credit) as credit, sum(is_paid) as paid_n, sum(paid) as paid,
       sum(is_signed and sector = 'industry') as ind_projects,
       coalesce(sum(case when sector = 'industry' then credit end), 0) as ind_credit,
       coalesce(sum(case when sector = 'industry' then paid end), 0) as ind_paid
from by_area group by place;

select title as area, events, recommended, yi(invest) as invest, yi(demand) as demand, projects, firms, yi(signed) as signed,
       credited_n, yi(credit) as credit, pct(credit, signed) as credit_rate, paid_n, yi(paid) as paid, pct(paid, signed) as paid_rate,
       case when w.place = 1000 then '\-'
            when paid is not null then rank() over (partition by w.place = 1000, paid is null order by rounded(pct(paid, signed), 2) desc)
       end as paid_rank, ind_projects, yi(ind_credit) as ind_credit, yi(ind_paid) as ind_paid
from wanted_area w left join summed s on s.place = w.place
order by w.place
