-- B05d 风险贷款与逃废债情况表: an area a row, in house order, the city last; an area without a loan in the ledger has zeros. Loans
-- are aged from their due date to the month's end, whatever days the ledger says.
create temp view loan as
select *, status <> 'closed' as is_open, case when status <> 'closed' then amount else 0 end as open_amount,
       julianday((select month_end from month)) - julianday(due_date) as late
from L7;

create temp view placed as
select a."order" as place, a.name_zh as area, loan.* from areas a left join loan on loan.area = a.area
union all select 1000, '全市', loan.* from loan;

select area,
       count(distinct case kind when 'evasion' then company end) as ev_firms,
       count(distinct case when kind = 'evasion' and status in ('acting', 'closed') then company end) as ev_acted,
       wan(sum(case kind when 'evasion' then amount else 0 end)) as ev_amount,
       wan(sum(case when kind = 'evasion' and status = 'closed' then amount else 0 end)) as ev_closed,
       count(distinct case when is_open then company end) as risk_firms, wan(coalesce(sum(open_amount), 0)) as risk,
       wan(sum(case when late <= 0 then open_amount else 0 end)) as age_0,
       wan(sum(case when late between 1 and 30 then open_amount else 0 end)) as age_30,
       wan(sum(case when late between 31 and 90 then open_amount else 0 end)) as age_90,
       wan(sum(case when late between 91 and 360 then open_amount else 0 end)) as age_360,
       wan(sum(case when late > 360 then open_amount else 0 end)) as age_more,
       pct(sum(case when late > 90 then open_amount else 0 end), coalesce(sum(open_amount), 0)) as over_90
from placed group by place, area order by place
