-- B05i 国有资本投融资及担保合规情况表: an area a row, in house order, the city last; an area without a deal in the ledger has zeros.
-- from deals.sql

create temp view placed as
select a."order" as place, a.name_zh as area_name, judged.* from areas a left join judged on judged.area = a.area
union all select 1000, '全市', judged.* from judged;

select area_name as area, count(id) as deals, wan(coalesce(sum(amount), 0)) as amount,
       count(case kind when 'financing' then 1 end) as financing_n, wan(sum(case kind when 'financing' then amount else 0 end)) as financing,
       count(case kind when 'guarantee' then 1 end) as guarantee_n, wan(sum(case kind when 'guarantee' then amount else 0 end)) as guarantee,
       coalesce(sum(unapproved), 0) as no_approval, coalesce(sum(unexcepted), 0) as state_guarantor, coalesce(sum(mutual), 0) as mutual,
       coalesce(sum(violates), 0) as violations, wan(sum(case when violates then amount else 0 end)) as violation_amount,
       count(case when owned and exception_no is not null then 1 end) as excepted
from placed group by place, area_name order by place
