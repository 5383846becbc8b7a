-- B13b: an area and board a row; a firm stands at the last step it has taken, in totals once at each step at which it stands.
create temp view firm as
select L3.*, a."order" as place, a.name_zh,
       case board when 'ipo' then 1 when 'neeq' then 2 else 3 end as board_place,
       case when listed_date is not null then 'listed' when accepted_date is not null then 'accepted' when tutoring_date is not null then 'tutoring'
            when contract_date is not null then 'contract' when start_date is not null then 'start' when intent_date is not null then 'intent'
            else 'pool' end as step
from L3 join areas a on a.area = L3.area;

create temp view counted as
select place, name_zh as area_name, board_place, board as board_name, company, step, tutored_by from firm
union all select place, name_zh, 9, '合计', company, step, tutored_by from firm
union all select 1000, '全市', board_place, board, company, step, tutored_by from firm
union all select 1000, '全市', 9, '合计', company, step, tutored_by from firm;

select area_name as area, board_name as board, count(distinct company) as firms,
       count(distinct case step when 'pool' then company end) as pool,
       count(distinct case step when 'intent' then company end) as intent,
       count(distinct case step when 'start' then company end) as start,
       count(distinct case step when 'contract' then company end) as contract,
       count(distinct case step when 'tutoring' then company end) as tutoring,
       count(distinct case when step = 'tutoring' and tutored_by = 'csrc' then company end) as csrc,
       count(distinct case when step = 'tutoring' and tutored_by = 'bureau' then company end) as bureau,
       count(distinct case step when 'accepted' then company end) as accepted,
       count(distinct case step when 'listed' then company end) as listed
from counted group by place, board_place
order by place, board_place
