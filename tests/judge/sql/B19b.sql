-- B19b 宣传培训活动表（按形式）: area and form, in the order of the codes, the city last; of the year to date.
create temp view activity as
select L10.*, a."order" as place, a.name_zh as area_name, c.name_zh as form_name
from L10 join areas a on a.area = L10.area join codes c on c."table" = 'form' and c.code = L10.form
where type in ('publicity', 'training') and substr(date, 1, 4) = (select year from month);

create temp view grain as
select place, area_name, form as code, form_name, sessions, people, made, items, broadcasts, media from activity
union all select 1000, '全市', form, form_name, sessions, people, made, items, broadcasts, media from activity;

select area_name as area, form_name as form, sum(sessions) as sessions, sum(people) as people, sum(made) as made, sum(items) as items,
       sum(broadcasts) as broadcasts, sum(media) as media
from grain group by place, area_name, code, form_name order by place, code
