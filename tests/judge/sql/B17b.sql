-- B17b 抵押登记、贷前双查与客户评价情况表 (D35): an area a row, in house order, the city last.
-- from handled.sql
select name as area, sum(mortgage_n) as mortgage, sum(mortgage_online_n) as online, pct(sum(mortgage_online_n), sum(mortgage_n)) as online_share,
       sum(granted_n) as granted, sum(queried_n) as queried, pct(sum(queried_n), sum(granted_n)) as queried_share,
       sum(target_n) as target, sum(registered_n) as registered, pct(sum(registered_n), sum(target_n)) as registered_rate,
       sum(rated_n) as rated, pct(sum(rated_n), sum(registered_n)) as rated_rate,
       sum(satisfied_n) as satisfied, pct(sum(satisfied_n), sum(rated_n)) as satisfied_rate, sum(kiosk_n) as kiosks, sum(kiosk_items) as kiosk_items
from of_area group by place, name order by place
