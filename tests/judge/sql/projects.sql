-- The ledger of signed projects (L1) as B06 and its parts read it: what is one row of it, and sums over any set of rows.
create temp view project as
select L1.*, a."order" as area_place, a.name_zh as area_title, b."order" as bank_place, b.name_zh as bank_title,
       status <> 'recommended' as is_signed, credit > 0 as is_credited, coalesce(paid, 0) > 0 as is_paid,
       coalesce(paid, 0) < signed as is_open, credit > 0 and coalesce(paid, 0) <= 0 as is_waiting,
       cast(julianday((select month_end from month)) - julianday(event_date) as integer) as event_age,
       cast(julianday((select month_end from month)) - julianday(credit_date) as integer) as credit_age
from L1 join areas a on a.area = L1.area join institutions b on b.bank = L1.bank;

create temp view by_area as
select area_place as place, area_title as title, project.* from project union all select 1000, '全市', project.* from project;

create temp view by_bank as
select bank_place as place, bank_title as title, project.* from project union all select 1000, '合计', project.* from project;

create temp view wanted_area as
select "order" as place, name_zh as title from areas where leaf = 1 union all select 1000, '全市';
