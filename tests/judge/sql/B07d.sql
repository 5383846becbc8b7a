-- B07d 企业服务情况表（分队伍） (D30, D35): the teams of each area and scheme, without the contact scheme; of supply chains the core
-- firm, of joint credit the agreement.
-- from service.sql

create temp view cells as
select area_place as x_place, area_title as x, scheme_place as y_place, scheme_title as y, team as z_place, team as z, served.*
from served where scheme <> 'contact';

create temp view head as
select area_place, scheme_place, team, case when count(distinct lead) = 1 then max(lead) end as lead
from served where lead <> '\-' group by area_place, scheme_place, team;

select x as area, y as scheme, coalesce(c.name_zh, n.name_zh, z) as team, i.name_zh as lead, banks, people, firms, contacted,
       pct(contacted, firms) as contact_rate, requests, requests_solved, pct(requests_solved, requests) as resolution_rate, firms_solved,
       yi(solved) as solved, yi(balance) as balance, visits
from figures f join head h on h.area_place = f.x_place and h.scheme_place = f.y_place and h.team = f.z_place
left join institutions i on i.bank = h.lead left join companies c on c.company = f.z
left join codes n on n."table" = 'agreement' and n.code = f.z
order by x_place, y_place, z_place
