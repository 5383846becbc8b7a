-- B10e 担保业务规定表: what is laid down for a scheme in the month; the fee may not be more than the cap of all fees either.
select c.name_zh as scheme, wan(min(coalesce(r.fee_cap, t.fee_cap), coalesce(t.fee_cap, r.fee_cap))) as fee_cap, wan(coalesce(cost_cap, '\-')) as cost_cap, wan(coalesce(comp_cap, '\-')) as comp_cap,
       wan(coalesce(leverage_max, '\-')) as leverage_max, wan(coalesce("limit", '\-')) as "limit", coalesce(counter, '\-') as counter, valid_from, basis
from guarantee_rules r join codes c on c."table" = 'guarantee' and c.code = r.scheme left join rates t on t.period = (select period from month)
where valid_from <= (select period from month) and (valid_to is null or valid_to >= (select period from month)) order by r.scheme
