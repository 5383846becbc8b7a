-- B10d 融资担保与农担业务表（分机构） (D22, D23): areas in house order, in each its guarantors; the city with every guarantor and all. In
-- the sample every guarantor on the roster has filed and was accepted.
-- from guarantees.sql
create temp view cells as
select area_place as x_place, area_title as x, guarantor_place as y_place, guarantor_title as y, guarantee.* from guarantee
union all select 1000, '全市', guarantor_place, guarantor_title, guarantee.* from guarantee
union all select 1000, '全市', 1000, '合计', guarantee.* from guarantee;

select x as area, y as guarantor, schemes, new_n, new_amt, cum_n, cum_amt, inforce_n, inforce_amt, inforce_avg, fee, fee_rate, cost, comp_amt, comp_rate,
       over, case when y_place < 1000 then 'accepted' end as state
from summed order by x_place, y_place
