-- B06 银企对接签约项目进度表 (D15, D16): an area a row, in house order, the city last; an area without project is unknown.
create temp view project as
select L1.*, a."order" as place, a.name_zh,
       coalesce(paid, 0) < signed as is_open,
       julianday((select month_end from month)) - julianday(event_date) as age
from L1 join areas a on a.area = L1.area;

create temp view progress as
select place, name_zh as area, project.* from project
union all select 1000, '全市', project.* from project;

create temp view summed as
select place, area, count(distinct event) as events, count(*) as projects, count(distinct company) as firms,
       sum(invest) as invest, sum(demand) as demand, sum(signed) as signed, sum(credit) as credit, sum(paid) as paid,
       sum(sector = 'industry') as ind_projects,
       coalesce(sum(case when sector = 'industry' then credit end), 0) as ind_credit,
       coalesce(sum(case when sector = 'industry' then paid end), 0) as ind_paid,
       sum(landed) as landed, sum(is_open and age > 30) as open_30, sum(is_open and age > 90) as open_90
from progress group by place, area;

create temp view wanted as
select "order" as place, name_zh as area from areas where leaf = 1 union all select 1000, '全市';

select w.area, events, projects, firms, yi(invest) as invest, yi(demand) as demand, yi(signed) as signed, yi(credit) as credit,
       pct(credit, signed) as credit_rate, yi(paid) as paid, pct(paid, signed) as paid_rate, ind_projects,
       yi(ind_credit) as ind_credit, yi(ind_paid) as ind_paid, landed, open_30, open_90,
       case when w.place = 1000 then '\-'
            when paid is not null then rank() over (partition by w.place = 1000, paid is null order by rounded(pct(paid, signed), 2) desc)
       end as paid_rank
from wanted w left join summed s on s.place = w.place
order by w.place
