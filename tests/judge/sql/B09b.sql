-- B09b 信贷产品获批与价格表 (D20, D21, D22, D35): a product of a bank a row, by class, product and bank; a total after each class, that of all
-- last. Rates, cuts and fees are weighted by what was issued; the fee is that of the whole term.
-- from lent.sql
select name as class, of_product as product, of_bank as bank, sum(contact_n) as contact, sum(contact_hh_n) as contact_hh, sum(applied_n) as applied,
       sum(approved_n) as approved, pct(sum(approved_n), sum(applied_n)) as approval_rate,
       wan(coalesce(min(case when rate_min <> '\-' then rate_min end), '\-')) as rate_min,
       case when last then '\-' else coalesce("add"(wan(max(lpr_1y)), ratio(max(lpr_bp), 100)), '\-') end as floor,
       ratio(strict(times(issue_ytd, ratio(rate_w, 1000000))), strict(rate_base)) as rate_w,
       ratio(strict(times(issue_ytd, ratio(bp_cut, 1000000))), strict(bp_base)) as bp_cut, wan(strict(saved_ytd)) as saved,
       ratio(strict(times(issue_ytd, ratio(guar_fee, 1000000))), strict(guar_base)) as guar_fee,
       wan(strict(times(issue_ytd, times(ratio(guar_fee, 100000000), ratio(term, 1000000))))) as guar_due, sum(payroll_n) as payroll
from of_class group by place, name, last, code, of_product, second, of_bank order by place, last, code, second
