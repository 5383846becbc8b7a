-- B05e 风险贷款与逃废债情况表（分机构）: a bank of the ledger a row, in house order, all of them last; aged as in B05d.
create temp view loan as
select *, status <> 'closed' as is_open, case when status <> 'closed' then amount else 0 end as open_amount,
       julianday((select month_end from month)) - julianday(due_date) as late
from L7;

create temp view placed as
select b."order" as place, b.name_zh as bank_name, loan.* from loan join institutions b on b.bank = loan.bank
union all select 1000, '合计', loan.* from loan;

select bank_name as bank,
       count(distinct case kind when 'evasion' then company end) as ev_firms,
       count(distinct case when kind = 'evasion' and status in ('acting', 'closed') then company end) as ev_acted,
       wan(sum(case kind when 'evasion' then amount else 0 end)) as ev_amount,
       wan(sum(case when kind = 'evasion' and status = 'closed' then amount else 0 end)) as ev_closed,
       count(distinct case when is_open then company end) as risk_firms, wan(sum(open_amount)) as risk,
       wan(sum(case when late <= 0 then open_amount else 0 end)) as age_0,
       wan(sum(case when late between 1 and 30 then open_amount else 0 end)) as age_30,
       wan(sum(case when late between 31 and 90 then open_amount else 0 end)) as age_90,
       wan(sum(case when late between 91 and 360 then open_amount else 0 end)) as age_360,
       wan(sum(case when late > 360 then open_amount else 0 end)) as age_more,
       pct(sum(case when late > 90 then open_amount else 0 end), sum(open_amount)) as over_90
from placed group by place, bank_name order by place
