-- B19 宣传培训活动表（按主题）: area and topic, in the order of the codes, the topics of an area together after them, the city last. Of
-- the year to date; a team of the register is counted once in each topic it worked on, and once in a total, with the members
-- that it has now.
create temp view activity as
select L10.*, a."order" as place, a.name_zh as area_name, c.name_zh as topic_name
from L10 join areas a on a.area = L10.area join codes c on c."table" = 'topic' and c.code = L10.topic
where type in ('publicity', 'training', 'team');

create temp view grain as
select place, area_name, topic as topic_place, topic_name, activity.* from activity
union all select place, area_name, '~', '合计', activity.* from activity
union all select 1000, '全市', topic, topic_name, activity.* from activity
union all select 1000, '全市', '~', '合计', activity.* from activity;

create temp view counted as
select place, area_name, topic_place, topic_name,
       sum(now * sessions) as sessions, sum(now * sessions * (type = 'training')) as training, sum(now * people) as people,
       sum(now * made) as made, sum(now * items) as items, sum(now * broadcasts) as broadcasts, sum(now * media) as media
from (select grain.*, type <> 'team' and substr(date, 1, 4) = (select year from month) as now from grain)
group by place, area_name, topic_place, topic_name;

create temp view team as
select distinct grain.place, grain.topic_place, grain.team, r.members
from grain left join L10 r on r.type = 'team' and r.team = grain.team where grain.team is not null and coalesce(r.members, 1) > 0;

select area_name as area, topic_name as topic, sessions, training, people, made, items, broadcasts, media,
       (select count(*) from team t where t.place = c.place and t.topic_place = c.topic_place) as teams,
       coalesce((select strict(members) from team t where t.place = c.place and t.topic_place = c.topic_place), 0) as members
from counted c order by place, topic_place
