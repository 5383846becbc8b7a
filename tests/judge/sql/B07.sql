-- B07 金融辅导、金融管家与主办银行服务表 (D30, D35): areas in house order, in each its schemes and all of them; the city last. An
-- area without services is unknown. People are a register, not added up over schemes.
-- from service.sql

create temp view cells as
select area_place as x_place, area_title as x, scheme_place as y_place, scheme_title as y, 0 as z_place, '' as z, served.* from served
union all select area_place, area_title, 100, '合计', 0, '', served.* from served
union all select 1000, '全市', scheme_place, scheme_title, 0, '', served.* from served
union all select 1000, '全市', 100, '合计', 0, '', served.* from served;

create temp view wanted as
select x_place, x, y_place, y from counted
union select "order", name_zh, 100, '合计' from areas where leaf = 1 union select 1000, '全市', 100, '合计';

select w.x as area, w.y as scheme, banks, teams, case when w.y_place = 100 and banks is not null then '\-' else people end as people, firms, shared,
       contacted, pct(contacted, firms) as contact_rate, requests, requests_solved, pct(requests_solved, requests) as resolution_rate, firms_solved,
       yi(solved) as solved, yi(balance) as balance, visits
from wanted w left join figures f on f.x_place = w.x_place and f.y_place = w.y_place
order by w.x_place, w.y_place
