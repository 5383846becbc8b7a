-- The guarantors' returns (F3). A table says in a view `cells` which rows each of its own rows is made of: x and y with the
-- places that order them, beside the columns of `guarantee`.
create temp view guarantee as
select F3.*, a."order" as area_place, a.name_zh as area_title, g."order" as guarantor_place, g.name_zh as guarantor_title, c.name_zh as scheme_title,
       g.area as home, case when cost_avg = '\-' then '\-' else times(cost_avg, inforce_amt) end as cost_x,
       case when cost_avg = '\-' then '\-' else inforce_amt end as cost_base, case when fund > 0 then cum_amt else '\-' end as fund_cum,
       case when comp_cap = '\-' then 0 else comp_amt * 100 * 1000000 > inforce_amt * comp_cap end as over
from F3 join areas a on a.area = F3.area join institutions g on g.bank = F3.guarantor join codes c on c."table" = 'guarantee' and c.code = F3.scheme;

create temp view summed as
select x_place, y_place, max(x) as x, max(y) as y, count(distinct guarantor) as guarantors, count(distinct case when home = area then guarantor end) as local,
       count(distinct scheme) as schemes, sum(new_n) as new_n, yi(sum(new_amt)) as new_amt, sum(cum_n) as cum_n, yi(sum(cum_amt)) as cum_amt,
       sum(inforce_n) as inforce_n, yi(sum(inforce_amt)) as inforce_amt, wan(ratio(sum(inforce_amt), sum(inforce_n))) as inforce_avg,
       pct(sum(counter_n), sum(inforce_n)) as counter_share, wan(sum(fee)) as fee, pct(sum(fee), sum(inforce_amt)) as fee_rate,
       wan(ratio(strict(cost_x), strict(cost_base))) as cost, wan(sum(fund)) as fund, ratio(strict(fund_cum), sum(fund)) as leverage,
       wan(sum(subsidy_cum)) as subsidy, wan(sum(comp_amt)) as comp_amt, pct(sum(comp_amt), sum(inforce_amt)) as comp_rate, sum(over) as over
from cells group by x_place, y_place;
