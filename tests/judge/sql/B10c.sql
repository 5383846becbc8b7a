-- B10c 担保费率、成本与风险补偿表 (D22, D24): schemes by their codes, in each its areas in house order and the city.
-- from guarantees.sql
create temp view cells as
select scheme as x_place, scheme_title as x, area_place as y_place, area_title as y, guarantee.* from guarantee
union all select scheme, scheme_title, 1000, '全市', guarantee.* from guarantee;

select x as scheme, y as area, fee_rate, cost, counter_share, fund, leverage, subsidy, comp_amt, comp_rate from summed order by x_place, y_place
