-- B08c 供应链融资情况表 (D01, D30, D35, D38, D39): the balance is that of F1, core firms and those up and down from them are those of
-- L2, the whitelist is T5's, the receivables platform F4's where the bureau receives it. What an area has no row of is unknown.
create table if not exists F4 (period, area, bank, platform_joined, platform_firms);

create temp view place as
select "order" as place, area, name_zh as title from areas where leaf = 1 union all select 1000, null, '全市';

create temp view balance as
select f.area, f.bank, f.scf, case when o.scf is null and substr(i.active_from, 1, 7) > (select opening from month) then 0 else o.scf end as scf_open
from F1 f left join open_F1 o on o.area = f.area and o.bank = f.bank and o.scope = f.scope left join institutions i on i.bank = f.bank
where f.scope = 'all';

create temp view supply as select * from L2 where scheme = 'supply';
create temp view in_area as select p.place, s.* from place p join supply s on p.area is null or s.area = p.area;
-- The credit of a firm with a bank is one, however often it is stated.
create temp view pair as select place, company, bank, max(balance) as balance from in_area group by place, company, bank;
create temp view core_pair as select place, company, bank, max(balance) as balance from in_area where role = 'core' group by place, company, bank;
create temp view core as select place, company, strict(balance) as balance from core_pair group by place, company;

create temp view of_area as
select place, count(distinct bank) as supply_banks, count(distinct case when role = 'core' then company end) as core_firms,
       (select strict(balance) from core c where c.place = s.place) as core_balance,
       coalesce((select max(balance) from core c where c.place = s.place), '\-') as core_top,
       count(distinct case when role <> 'core' then company end) as links,
       count(distinct case when role <> 'core' and balance > 0 then company end) as links_served,
       (select strict(balance) from pair p where p.place = s.place) as ledger_balance,
       strict(requests_n) as requests, strict(solved_n) as requests_solved
from in_area s group by place;

create temp view sums as
select p.place, p.title, (select strict(scf) from balance b where p.area is null or b.area = p.area) as scf,
       (select strict(scf_open) from balance b where p.area is null or b.area = p.area) as scf_open,
       (select count(*) from companies c where instr('|' || coalesce(tags, '') || '|', '|白名单|') > 0 and (p.area is null or c.area = p.area)) as core_listed,
       (select count(distinct b.bank) from branches b join institutions i on i.bank = b.bank
        where (i.active_to is null or substr(i.active_to, 1, 7) >= (select period from month)) and (p.area is null or b.area = p.area)) as banks_there,
       (select case when count(*) > 0 then count(distinct case when platform_joined = 1 then bank end) end from F4 where p.area is null or F4.area = p.area) as platform_banks,
       (select case when count(*) > 0 then strict(platform_firms) end from F4 where p.area is null or F4.area = p.area) as platform_firms
from place p;

select t.title as area, yi(scf) as scf, yi(sub(scf, scf_open)) as scf_inc, supply_banks, core_listed, core_firms, yi(core_balance) as core_balance,
       yi(core_top) as core_top, pct(core_top, scf) as core_share, links, links_served, pct(links_served, links) as links_rate,
       yi(ledger_balance) as ledger_balance, requests, requests_solved, pct(requests_solved, requests) as resolution_rate, platform_banks,
       case when platform_banks is not null then pct(platform_banks, banks_there) end as platform_rate, platform_firms
from sums t left join of_area o on o.place = t.place
order by t.place
