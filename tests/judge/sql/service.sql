-- The ledger of services (L2) as B07 and B08 read it. A table says in a view `cells` which rows of it each of its own rows is
-- made of: x, y and z with the places that order them, beside the columns of `served`.
create temp view scheme(code, place, title, by_chain) as
values ('tutoring', 1, '金融辅导', 0), ('steward', 2, '金融管家', 0), ('host', 3, '主办银行', 1), ('contact', 4, '包保', 0),
       ('joint', 5, '联合授信', 1), ('supply', 6, '供应链融资', 1);

create temp view reach as select company, count(distinct scheme) as schemes from L2 where company <> '\-' group by company;

create temp view served as
select L2.*, a."order" as area_place, a.name_zh as area_title, b."order" as bank_place, b.name_zh as bank_title,
       s.place as scheme_place, s.title as scheme_title, s.by_chain, r.schemes
from L2 join areas a on a.area = L2.area join institutions b on b.bank = L2.bank join scheme s on s.code = L2.scheme
left join reach r on r.company = L2.company;

-- Everything distinct is counted once in every row; the people of the contact scheme are no team's; a row without a firm has
-- zero of everything.
create temp view counted as
select x_place, y_place, z_place, max(x) as x, max(y) as y, max(z) as z, count(distinct bank) as banks, count(distinct scheme || '/' || team) as teams,
       strict(case when scheme = 'contact' then '\-' else specialist_n end) as people,
       count(distinct case when company <> '\-' then company end) as firms,
       count(distinct case when schemes > 1 then company end) as shared,
       count(distinct case when contacted = 1 then company end) as contacted,
       case when max(company <> '\-') then strict(requests_n) else 0 end as requests,
       case when max(company <> '\-') then strict(solved_n) else 0 end as requests_solved,
       case when max(company <> '\-') then strict(visits_n) else 0 end as visits,
       count(distinct case when scheme = 'host' and role = 'host' then bank end) as host_banks,
       case when max(company <> '\-') and strict(solved) = '\-' then '\-' else count(distinct case when solved <> '\-' and solved > 0 then company end) end as firms_solved
from cells group by x_place, y_place, z_place;

-- The credit of a firm with a bank is one, however often it is stated: the largest amount stands for all.
create temp view pair as
select x_place, y_place, z_place, company, bank,
       coalesce(max(case when credit <> '\-' then credit end), '\-') as credit, coalesce(max(case when used <> '\-' then used end), '\-') as used,
       coalesce(max(case when balance <> '\-' then balance end), '\-') as balance, coalesce(max(case when solved <> '\-' then solved end), '\-') as solved
from cells where company <> '\-' group by x_place, y_place, z_place, company, bank;

create temp view amounts as
select x_place, y_place, z_place, strict(credit) as credit, strict(used) as used, strict(balance) as balance, strict(solved) as solved
from pair group by x_place, y_place, z_place;

create temp view figures as
select c.*, coalesce(a.credit, 0) as credit, coalesce(a.used, 0) as used, coalesce(a.balance, 0) as balance, coalesce(a.solved, 0) as solved
from counted c left join amounts a on a.x_place = c.x_place and a.y_place = c.y_place and a.z_place = c.z_place;
