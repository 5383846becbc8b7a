-- B20f 年度目标完成情况表: the targets of the year beside the printed values; where less is better a target is met from below (D35).
-- months 03 06 09 12
-- from ranked.sql
create temp table code (by_what, indicator, place);
insert into code values ('area', 'dep', 1), ('area', 'dep_growth', 2), ('area', 'loan', 3), ('area', 'loan_growth', 4), ('area', 'ldr', 5), ('area', 'ind_inc', 6),
    ('area', 'ind_growth', 7), ('area', 'mfg_growth', 8), ('area', 'agri_growth', 9), ('area', 'incl_inc', 10), ('area', 'incl_share_change',
    11), ('area', 'sme_growth', 12), ('area', 'npl', 13), ('area', 'npl_ratio', 14), ('area', 'npl_drop_rate', 15), ('area',
    'npl_disposal_rate', 16), ('area', 'npl_disposal', 17), ('area', 'exec_rate', 18), ('area', 'raised', 19), ('area', 'raised_growth', 20),
    ('area', 'credit_rate', 21), ('area', 'paid_rate', 22), ('area', 'solved', 23), ('area', 'resolution_rate', 24), ('area', 'clue_rate', 25),
    ('area', 'clean_share', 26), ('bank', 'dep', 1), ('bank', 'dep_growth', 2), ('bank', 'loan', 3), ('bank', 'loan_growth', 4), ('bank',
    'ind_inc', 5), ('bank', 'incl_inc', 6), ('bank', 'real_inc', 7), ('bank', 'npl', 8), ('bank', 'npl_ratio', 9), ('bank', 'npl_drop_rate',
    10), ('bank', 'npl_disposal', 11), ('bank', 'paid_rate', 12);
create temp view aimed as
select c.place, t.indicator as code, coalesce(a.name_zh, t.area) as object, coalesce(a."order", 1000) as seat, t.target, t.basis, 'area' as by_what
from annual_targets t join month m on t.year = cast(m.year as integer) join code c on c.by_what = 'area' and c.indicator = t.indicator left join areas a on a.area = t.area
where t.area is not null
union all
select c.place, t.indicator, i.name_zh, 1000 + i."order", t.target, t.basis, 'bank'
from annual_targets t join month m on t.year = cast(m.year as integer) join code c on c.by_what = 'bank' and c.indicator = t.indicator join institutions i on i.bank = t.bank;
create temp view reached as
select 'area' as by_what, * from of_area union all select 'bank', * from of_bank;

select (select indicator from reached r where r.by_what = g.by_what and r.place = g.place) as indicator,
       (select unit from reached r where r.by_what = g.by_what and r.place = g.place) as unit, g.object as place, wan(target) as target,
       wan(r.value) as actual, wan(sub(r.value, target)) as gap,
       case when (select least from reached r where r.by_what = g.by_what and r.place = g.place) then '\-' else pct(r.value, target) end as rate,
       case when typeof(r.value) = 'integer' then case when r.least then r.value <= target else r.value >= target end else r.value end as met, basis
from aimed g left join reached r on r.by_what = g.by_what and r.place = g.place and r.object = g.object
order by g.place, g.seat
