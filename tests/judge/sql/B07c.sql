-- B07c 企业服务情况表（分机构） (D30, D35): banks in house order, in each its schemes and all of them; all banks last.
-- from service.sql

create temp view cells as
select bank_place as x_place, bank_title as x, scheme_place as y_place, scheme_title as y, 0 as z_place, '' as z, served.* from served
union all select bank_place, bank_title, 100, '合计', 0, '', served.* from served
union all select 1000, '合计', scheme_place, scheme_title, 0, '', served.* from served
union all select 1000, '合计', 100, '合计', 0, '', served.* from served;

select x as bank, y as scheme, teams, case when y_place = 100 then '\-' else people end as people, firms, contacted,
       pct(contacted, firms) as contact_rate, requests, requests_solved, pct(requests_solved, requests) as resolution_rate, firms_solved,
       yi(solved) as solved, yi(balance) as balance, visits
from figures order by x_place, y_place
