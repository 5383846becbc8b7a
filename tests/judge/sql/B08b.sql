-- B08b 服务制度要求与落实情况表 (D35): what an area has laid down for host banks and the contact scheme (articles 2, 3 and 14), and how
-- far it is met. Without the rule neither stands there; an area whose host banks the ledger does not name is unknown.
create temp view rule as
select * from service_rules
where valid_from <= (select period from month) and (valid_to is null or valid_to >= (select period from month));
create temp view host_rule as select * from rule where scheme = 'host';
create temp view contact_rule as select * from rule where scheme = 'contact';

create temp view area_chain as
select c.area, c.chain, c.class, r.hosts_per_chain is not null or r.officers_per_chain is not null as is_ruled,
       coalesce((host_bank_1 is not null) + (host_bank_2 is not null) + (host_bank_3 is not null) = r.hosts_per_chain, 1)
       and coalesce((specialist is not null) = r.officers_per_chain, 1) as is_met
from chains c left join host_rule r on r.area = c.area;

create temp view host as
select L2.area, L2.bank, L2.specialist_n, L2.company = '\-' and r.specialists_min is not null as is_ruled,
       L2.company = '\-' and L2.specialist_n between r.specialists_min and r.specialists_max as is_met
from L2 left join host_rule r on r.area = L2.area where L2.scheme = 'host';

create temp view object as
select b.area, 'bank' as kind, b.bank as code from branches b join institutions i on i.bank = b.bank
where i.active_to is null or substr(i.active_to, 1, 7) >= (select period from month)
union all select area, 'chain', chain from chains
union all select area, 'firm', company from companies where instr('|' || coalesce(tags, '') || '|', '|后备|') > 0;

create temp view care as
select area, role as kind, case role when 'bank' then bank when 'chain' then chain else company end as code, max(specialist_n) as people,
       count(distinct bank) as banks
from L2 where scheme = 'contact' group by 1, 2, 3;

create temp view covered as
select o.area, c.people >= coalesce(r.staff_min, 0) and c.banks >= coalesce(r.banks_min, 0) as is_met
from object o join contact_rule r on r.area = o.area left join care c on c.area = o.area and c.kind = o.kind and c.code = o.code;

create temp view place as
select "order" as place, area, name_zh as title from areas where leaf = 1 union all select 1000, null, '全市';

select p.title as area, (select count(distinct chain) from area_chain c where p.area is null or c.area = p.area) as chains,
       case when p.area is null then '\-' else (select count(*) from area_chain c where c.area = p.area and class = '主导') end as chains_main,
       case when p.area is null then '\-' else (select count(*) from area_chain c where c.area = p.area and class = '优势') end as chains_good,
       case when p.area is null then '\-' else (select count(*) from area_chain c where c.area = p.area and class not in ('主导', '优势')) end as chains_other,
       coalesce((select hosts_per_chain from host_rule r where r.area = p.area), '\-') as hosts_per_chain,
       coalesce((select officers_per_chain from host_rule r where r.area = p.area), '\-') as officers_per_chain,
       coalesce((select sum(is_met) from area_chain c where is_ruled and (p.area is null or c.area = p.area)), '\-') as chains_met,
       (select nullif(count(distinct bank), 0) from host h where p.area is null or h.area = p.area) as host_banks,
       (select case when count(*) > 0 then strict(specialist_n) end from host h where p.area is null or h.area = p.area) as people,
       coalesce((select specialists_min from host_rule r where r.area = p.area), '\-') as specialists_min,
       coalesce((select specialists_max from host_rule r where r.area = p.area), '\-') as specialists_max,
       (select case when sum(is_ruled) > 0 then count(distinct case when is_met then bank end) when count(*) > 0 then '\-' end
        from host h where p.area is null or h.area = p.area) as banks_met,
       coalesce((select staff_min from contact_rule r where r.area = p.area), '\-') as staff_min,
       coalesce((select banks_min from contact_rule r where r.area = p.area), '\-') as banks_min,
       (select count(*) from covered c where p.area is null or c.area = p.area) as targets,
       coalesce((select sum(coalesce(is_met, 0)) from covered c where p.area is null or c.area = p.area), '\-') as covered,
       coalesce((select pct(sum(coalesce(is_met, 0)), count(*)) from covered c where p.area is null or c.area = p.area), '\-') as coverage
from place p order by p.place
