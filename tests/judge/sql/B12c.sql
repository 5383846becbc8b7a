-- B12c 利率、减费让利与再贷款情况表 (D20): a bank of an area a row, in house order, totals last. Rates are weighted by loans, those of relending
-- by relending; one without loans has no rate, and one that was not in business when the year began had none then.
-- from returns.sql
create temp view priced as
select g.*, ratio(g.rate_w, 1000000) as rate, ratio(g.relend_w, 1000000) as relend_rate,
       case when o.bank is not null then o.loan when late then 0 end as loan_open,
       case when o.rate_w is not null then ratio(o.rate_w, 1000000) when late then '\-' end as rate_open
from (select t.*, coalesce(substr(i.active_from, 1, 7) > opening, 0) or coalesce(substr(i.active_to, 1, 7) < opening, 0) as late
      from of_area_and_bank t join institutions i on i.bank = t.bank, month) g
     left join open_F1 o on o.area = g.area and o.bank = g.bank and o.scope = 'all';

create temp view summed as
select place, name, second, of_bank,
       ratio(strict(times(loan_open, rate_open)), strict(case when rate_open = '\-' then '\-' else loan_open end)) as rate_open,
       ratio(strict(times(loan, rate)), strict(case when rate = '\-' then '\-' else loan end)) as rate,
       min(case when rate_min <> '\-' then rate_min end) as rate_min,
       strict(iss_ind_ytd) as iss_ind_ytd, strict(times(iss_ind_ytd, ratio(sub(rate_open, rate), 100))) as saved,
       count(case when relend_amt > 0 and relend_amt <> '\-' then 1 end) as relend_n, strict(relend_amt) as relend_amt,
       min(case when relend_min <> '\-' then relend_min end) as relend_min, ratio(strict(times(relend_amt, relend_rate)), strict(relend_amt)) as relend_rate
from priced group by place, name, second, of_bank;

select name as area, of_bank as bank, rate_open, rate as rate_w, times(sub(rate_open, rate), 100) as rate_cut,
       wan(coalesce(rate_min, '\-')) as rate_min, yi(iss_ind_ytd) as iss_ind_ytd, wan(saved) as rate_saved,
       relend_n, yi(relend_amt) as relend_amt, wan(coalesce(relend_min, '\-')) as relend_min, relend_rate as relend_w
from summed order by place, second
