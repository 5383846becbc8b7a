-- B19c 对接推介活动表: area, type and topic, in the order of the codes of topics, the city last; of the year to date.
create temp view activity as
select L10.*, a."order" as place, a.name_zh as area_name, c.name_zh as topic_name
from L10 join areas a on a.area = L10.area join codes c on c."table" = 'topic' and c.code = L10.topic
where type not in ('publicity', 'training', 'team') and substr(date, 1, 4) = (select year from month);

create temp view grain as
select place, area_name, type, topic as code, topic_name, sessions, firms, people from activity
union all select 1000, '全市', type, topic, topic_name, sessions, firms, people from activity;

select area_name as area, type, topic_name as topic, sum(sessions) as sessions, sum(firms) as firms, sum(people) as people
from grain group by place, area_name, code, topic_name, type order by place, code, type
