-- B10 政府性融资担保与农担业务表 (D22, D23, D24, D37): areas in house order, the city last; ranks are of printed amounts.
-- from guarantees.sql
create temp view cells as
select area_place as x_place, area_title as x, 0 as y_place, '' as y, guarantee.* from guarantee
union all select 1000, '全市', 0, '', guarantee.* from guarantee;

create temp view wanted as
select "order" as place, name_zh as title from areas where leaf = 1 union select 1000, '全市';

select w.title as area, guarantors, local, new_n, new_amt,
       case when w.place = 1000 then '\-' when new_amt is not null then 1 + (select count(*) from summed o where o.x_place < 1000 and rounded(o.new_amt, 2) > rounded(s.new_amt, 2)) end as new_rank,
       cum_n, cum_amt,
       case when w.place = 1000 then '\-' when cum_amt is not null then 1 + (select count(*) from summed o where o.x_place < 1000 and rounded(o.cum_amt, 2) > rounded(s.cum_amt, 2)) end as cum_rank,
       inforce_n, inforce_amt, inforce_avg, fee_rate, cost, fund, leverage, comp_rate
from wanted w left join summed s on s.x_place = w.place order by w.place
