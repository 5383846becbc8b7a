-- B10b 融资担保与农担业务表（按业务） (D23, D29, D37): schemes by their codes, in each its areas in house order and the city; ranks
-- are those of the areas within a scheme, of printed amounts.
-- from guarantees.sql
create temp view cells as
select scheme as x_place, scheme_title as x, area_place as y_place, area_title as y, guarantee.* from guarantee
union all select scheme, scheme_title, 1000, '全市', guarantee.* from guarantee;

select x as scheme, y as area, new_n, new_amt,
       case when y_place = 1000 then '\-' else 1 + (select count(*) from summed o where o.x_place = s.x_place and o.y_place < 1000 and rounded(o.new_amt, 2) > rounded(s.new_amt, 2)) end as new_rank,
       cum_n, cum_amt,
       case when y_place = 1000 then '\-' else 1 + (select count(*) from summed o where o.x_place = s.x_place and o.y_place < 1000 and rounded(o.cum_amt, 2) > rounded(s.cum_amt, 2)) end as cum_rank,
       inforce_n, inforce_amt, inforce_avg
from summed s order by x_place, y_place
