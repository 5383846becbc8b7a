-- What B15, B15b and B15c share: the rewards that listings have earned, the incentives of the banks, the awards of L5; a row a claim.

-- Stages that firms have reached, each with the rule in force on its day.
create temp view reached as
select company, area, board, sector, 'contract' as stage, contract_date as day from L3 where contract_date is not null
union all select company, area, board, sector, 'tutoring', tutoring_date from L3 where tutoring_date is not null
union all select company, area, board, sector, 'accepted', accepted_date from L3 where accepted_date is not null
union all select company, area, board, sector, 'listed', listed_date from L3 where listed_date is not null;

create temp view entitled as
select s.area, r.level, s.board, s.stage, s.company as party, s.sector,
       case when r.unit_amount is not null then r.unit_amount else ratio(times(r.total, r.weight), r.weight_sum) end as due
from reached s join listing_rules r on r.scheme = 'listing' and r.board = s.board and r.stage = s.stage and coalesce(r.area, s.area) = s.area
     and r.valid_from <= s.day and s.day <= coalesce(r.valid_to, '9999-12-31') and coalesce(r.sector, s.sector) = s.sector;

-- The incentive (D25): loans now and in the base month, what was paid; a bank that has not filed stands with what it was paid.
create temp view past as select * from open_F1 union select * from same_F1 union select * from prev_F1;

create temp view incentive as
select F1.area, F1.bank, F1.inclsm as now, r.incentive_base as base_month, r.incentive_rate as rate, F1.incent_ytd,
       coalesce((select sum(paid_ytd) from L5 where scheme = 'incentive' and L5.area = F1.area and L5.bank = F1.bank),
                case when (select count(*) from L5) then 0 end) as paid,
       case when p.inclsm is null and (substr(i.active_from, 1, 7) > r.incentive_base or substr(i.active_to, 1, 7) < r.incentive_base) then 0
            else p.inclsm end as base
from F1 join institutions i on i.bank = F1.bank, month left join rates r on r.period = month.period
     left join past p on p.period = r.incentive_base and p.area = F1.area and p.bank = F1.bank and p.scope = F1.scope
where F1.scope = 'all'
union all select area, bank, null, null, null, null, sum(paid_ytd), null from L5
          where scheme = 'incentive' and not exists (select 1 from F1 where F1.area = L5.area and F1.bank = L5.bank and F1.scope = 'all')
          group by area, bank;

-- Percent have 6 more decimals here, as amounts have, and there are a hundred of them in one.
create temp view earned as
select *, ratio(times(max(now - base, 0), rate), 100000000) as due from incentive where incent_ytd > 0 or paid > 0;

-- The share of a basis, up to the cap (D28).
create temp view awarded as
select L5.*, c.sector,
       case when scheme = 'listing' then case when (select count(*) from L3) then 0 end
            when r.cap is not null and basis * r.ratio > r.cap * 100000000 then r.cap
            else ratio(basis * r.ratio, 100000000) end as due
from L5 left join (select rule, ratio, cap from listing_rules) r on r.rule = L5.rule left join companies c on c.company = L5.company
where scheme <> 'incentive';

-- Everything that is due or was paid.
create temp view claim as
select area, 'listing' as scheme, level, board, stage, party, sector, due, case when (select count(*) from L5) then 0 end as paid,
       case when (select count(*) from L5) then 0 end as ytd from entitled
union all select area, scheme, level, board, stage, coalesce(company, bank), sector, due, paid_cum, paid_ytd from awarded
union all select area, 'incentive', 'upper', null, null, bank, null, due, paid, paid from earned;
