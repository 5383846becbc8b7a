-- B07b 企业服务情况表（按企业类别） (D18, D35): area, scheme, class of firm; last the city's classes over all schemes. Listed: the
-- companies that T5 puts in the class.
-- from service.sql

create temp view class(code, place, title) as
values ('单项冠军', 1, '制造业单项冠军'), ('专精特新', 2, '专精特新、瞪羚企业'), ('20强', 3, '双“20强”企业'), ('50强', 4, '领军50强企业'),
       ('产业链', 5, '产业链企业'), ('涉农', 6, '涉农企业'), ('其他', 7, '其他企业');

create temp view cells as
select area_place as x_place, area_title as x, scheme_place as y_place, scheme_title as y, k.place as z_place, k.title as z, served.*
from served join class k on k.code = served.class
union all select 1000, '全市', 100, '合计', k.place, k.title, served.* from served join class k on k.code = served.class;

create temp view member as
select a."order" as area_place, k.place as class_place
from companies c join areas a on a.area = c.area join class k
  on instr('|' || coalesce(c.tags, '') || '|', '|' || k.code || '|') > 0
  or (k.code = '专精特新' and instr('|' || coalesce(c.tags, '') || '|', '|瞪羚|') > 0)
  or (k.code = '产业链' and c.chain is not null) or (k.code = '涉农' and c.sector = 'agriculture');

create temp view listed as
select area_place, class_place, count(*) as n from member group by area_place, class_place
union all select 1000, class_place, count(*) from member group by class_place;

select x as area, y as scheme, z as class, case when z = '其他企业' then '\-' else coalesce(l.n, 0) end as listed, firms,
       case when z = '其他企业' then '\-' else pct(firms, coalesce(l.n, 0)) end as coverage, contacted, firms_solved, yi(solved) as solved,
       yi(credit) as credit, yi(used) as used, pct(used, credit) as utilisation, yi(balance) as balance
from figures f left join listed l on l.area_place = f.x_place and l.class_place = f.z_place
order by x_place, y_place, z_place
