-- B06d 签约项目投放明细表 (D19): every signed project of which less is paid than was approved; the least drawn of an area first,
-- of equals the one that has waited longest; with the issues open about it.
-- from projects.sql

create temp view open_issue as
select project, count(*) as issues, max(cast(julianday((select month_end from month)) - julianday(raised) as integer)) as days
from L13 where closed is null and project <> '\-' group by project;

select p.area_title as area, p.project, coalesce(c.name_zh, p.company) as company, p.bank_title as bank, yi(p.signed) as signed,
       yi(p.approved) as approved, yi(p.paid) as paid, pct(p.paid, p.approved) as draw_rate, p.credit_date, p.credit_age as credit_days,
       coalesce(i.issues, 0) as issues, coalesce(i.days, '\-') as issue_days
from project p left join companies c on c.company = p.company left join open_issue i on i.project = p.project
where p.is_signed and coalesce(p.paid, 0) < p.approved
order by p.area_place, rounded(pct(p.paid, p.approved), 2), p.credit_age is null, p.credit_age desc, p.project
