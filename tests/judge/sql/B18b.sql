-- B18b 含“养老”字样企业排查情况表 (D32): an area a row, in house order, the city last; an area without a list has zeros. A firm has
-- one outcome.
create temp view placed as
select a."order" as place, a.name_zh as area_name, L9.* from areas a left join L9 on L9.area = a.area and kind = 'check'
union all select 1000, '全市', L9.* from L9 where kind = 'check';

create temp view counted as
select place, area_name, count(case name_hit when 1 then 1 end) as listed, count(case inspected when 1 then 1 end) as inspected,
       count(case when outcome <> 'none' then 1 end) as acted,
       count(case outcome when 'dereg' then 1 end) as dereg,
       count(case outcome when 'revoked' then 1 end) as revoked,
       count(case outcome when 'renamed' then 1 end) as renamed,
       count(case outcome when 'rescoped' then 1 end) as rescoped,
       count(case outcome when 'police' then 1 end) as police,
       count(case outcome when 'none' then 1 end) as none
from placed group by place, area_name;

select area_name as area, listed, inspected, pct(inspected, listed) as coverage, acted, pct(acted, inspected) as acted_share,
       dereg, pct(dereg, inspected) as dereg_share,
       revoked, pct(revoked, inspected) as revoked_share,
       renamed, pct(renamed, inspected) as renamed_share,
       rescoped, pct(rescoped, inspected) as rescoped_share,
       police, pct(police, inspected) as police_share,
       none, pct(none, inspected) as none_share
from counted order by place
