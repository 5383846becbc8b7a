-- B08d 联合授信情况表 (D18, D35, D39): agreements by code, then all of them. A firm counts once, with the credit of all its banks.
create temp view agreed as
select coalesce(n.name_zh, agreement) as title, agreement as place, coalesce(h.name_zh, chain) as chain_title, coalesce(i.name_zh, lead) as lead_title, L16.*
from L16 left join codes n on n."table" = 'agreement' and n.code = agreement left join codes h on h."table" = 'chain' and h.code = L16.chain
left join institutions i on i.bank = L16.lead;

create temp view part as
select title, place, chain_title, lead_title, signed_date, company, contacted, credit, used from agreed
union all select '合计', '~', '\-', '\-', '\-', company, contacted, credit, used from agreed;

select title as agreement, max(chain_title) as chain, max(lead_title) as lead,
       (select count(distinct bank) from L2 where scheme = 'joint' and part.place in (team, '~')) as banks, max(signed_date) as signed_date,
       count(distinct company) as firms, count(distinct case when contacted = 1 then company end) as contacted,
       pct(count(distinct case when contacted = 1 then company end), count(distinct company)) as contact_rate,
       count(distinct case when credit > 0 then company end) as clients,
       pct(count(distinct case when credit > 0 then company end), count(distinct case when contacted = 1 then company end)) as conversion,
       yi(sum(credit)) as credit, yi(sum(used)) as used, pct(sum(used), sum(credit)) as utilisation
from part group by place, title order by place
