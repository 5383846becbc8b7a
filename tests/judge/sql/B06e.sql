-- B06e 重点项目要素保障统计表 (L15, D35, D39): an area a row, the city last.
create temp view duty as
select area, staff_min, local_min, liaison_min from service_rules
where scheme = 'project' and valid_from <= (select period from month) and (valid_to is null or valid_to >= (select period from month));

create temp view project as
select L15.*, a."order" as place, a.name_zh as title, short_land or short_energy or short_finance or short_other as is_short,
       d.area is not null as is_ruled, leader_n >= d.staff_min and local_n >= d.local_min and liaison_n >= d.liaison_min as is_met
from L15 join areas a on a.area = L15.area left join duty d on d.area = L15.area;

create temp view progress as
select project.* from project union all
select period, project, area, list, company, sector, invest, demand, credit, paid, planned, landed, leader_n, local_n, liaison_n,
       short_land, short_energy, short_finance, short_other, 1000, '全市', is_short, is_ruled, is_met from project;

create temp view summed as
select place, count(*) as projects, sum(demand > 0) as demand_n, sum(demand) as demand, sum(credit > 0) as credited_n, sum(credit) as credit,
       sum(paid > 0) as paid_n, sum(paid) as paid, count(planned) as planned, count(landed) as landed, sum(is_short) as short,
       sum(short_land) as short_land, sum(short_energy) as short_energy, sum(short_finance) as short_finance, sum(short_other) as short_other,
       sum(is_ruled) as ruled, coalesce(sum(is_met), 0) as met
from progress group by place;

create temp view wanted as
select "order" as place, name_zh as title from areas where leaf = 1 union all select 1000, '全市';

select w.title as area, projects, demand_n, yi(demand) as demand, credited_n, yi(credit) as credit, paid_n, yi(paid) as paid, planned, landed,
       pct(landed, planned) as landing_rate, short, short_land, short_energy, short_finance, short_other,
       case when ruled = 0 then '\-' else met end as covered, case when ruled = 0 then '\-' else pct(met, ruled) end as coverage
from wanted w left join summed s on s.place = w.place
order by w.place
