-- B08e 联合授信客户明细表 (D18): the firms with joint credit, by agreement, the largest credit first.
select coalesce(n.name_zh, agreement) as agreement, coalesce(c.name_zh, L16.company) as company, a.name_zh as area,
       (select count(distinct bank) from L2 where scheme = 'joint' and team = agreement and L2.company = L16.company) as banks,
       wan("limit") as "limit", wan(credit) as credit, wan(used) as used, pct(used, credit) as utilisation
from L16 join areas a on a.area = L16.area left join companies c on c.company = L16.company
left join codes n on n."table" = 'agreement' and n.code = agreement
where credit > 0
order by L16.agreement, L16.credit desc, L16.company
