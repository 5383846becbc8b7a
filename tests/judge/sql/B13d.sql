-- B13d: the ladder by town, where the ledger states one.
create temp view firm as
select L3.*, a."order" as place, a.name_zh,
       case when listed_date is not null then 'listed' when accepted_date is not null then 'accepted' when tutoring_date is not null then 'tutoring'
            when contract_date is not null then 'contract' when start_date is not null then 'start' when intent_date is not null then 'intent'
            else 'pool' end as step
from L3 join areas a on a.area = L3.area where town is not null;

select name_zh as area, town,
       count(distinct case when reserve_date is not null then company end) as reserve,
       count(distinct case when successive_date is not null then company end) as successive,
       count(distinct case when seed_date is not null then company end) as seed,
       count(distinct company) as firms,
       count(distinct case step when 'pool' then company end) as pool,
       count(distinct case step when 'intent' then company end) as intent,
       count(distinct case step when 'start' then company end) as start,
       count(distinct case step when 'contract' then company end) as contract,
       count(distinct case step when 'tutoring' then company end) as tutoring,
       count(distinct case step when 'accepted' then company end) as accepted,
       count(distinct case step when 'listed' then company end) as listed
from firm group by place, town
order by place, town
