-- B06f 要素保障问题台账情况表 (L13, D30): issues raised and closed by area and kind; ages of the open ones at the month's end.
create temp view kind(code, place, title) as values ('land', 1, '用地'), ('energy', 2, '能源'), ('finance', 3, '资金'), ('other', 4, '其他');

create temp view issue as
select a."order" as area_place, a.name_zh as area_title, k.place as kind_place, k.title as kind_title, closed is null as is_open,
       cast(julianday((select month_end from month)) - julianday(raised) as integer) as age, due < (select month_end from month) as is_late
from L13 join areas a on a.area = L13.area join kind k on k.code = L13.kind;

create temp view cells as
select * from issue union all select area_place, area_title, 100, '合计', is_open, age, is_late from issue
union all select 1000, '全市', kind_place, kind_title, is_open, age, is_late from issue
union all select 1000, '全市', 100, '合计', is_open, age, is_late from issue;

create temp view wanted as
select distinct area_place, area_title, kind_place, kind_title from cells
union select "order", name_zh, 100, '合计' from areas where leaf = 1 union select 1000, '全市', 100, '合计';

create temp view summed as
select area_place, kind_place, count(*) as raised, sum(not is_open) as closed, sum(is_open) as open,
       coalesce(max(case when is_open then age end), '\-') as issue_days, sum(is_open and age > 30) as open_30,
       sum(is_open and age > 90) as open_90, sum(is_open and coalesce(is_late, 0)) as overdue
from cells group by area_place, kind_place;

select w.area_title as area, w.kind_title as kind, raised, closed, pct(closed, raised) as resolution_rate, open, issue_days, open_30, open_90, overdue
from wanted w left join summed s on s.area_place = w.area_place and s.kind_place = w.kind_place
order by w.area_place, w.kind_place
