-- B17c 办贷便利度情况表（分机构） (D35, D36): a bank of an area a row, in house order.
-- from handled.sql
select area_name as area, bank_name as bank, steps_old, steps, pct(steps_old - steps, steps_old) as steps_cut,
       days_old, days, pct(days_old - days, days_old) as days_cut, docs_old, docs, pct(docs_old - docs, docs_old) as docs_cut,
       mortgage_n as mortgage, mortgage_online_n as online, pct(mortgage_online_n, mortgage_n) as online_share, mortgage_units as units,
       pct(queried_n, granted_n) as queried_share, pct(registered_n, target_n) as registered_rate, pct(rated_n, registered_n) as rated_rate,
       pct(satisfied_n, rated_n) as satisfied_rate, m113_calls, m113_cuts, m113_days
from branch order by area_place, bank_place
