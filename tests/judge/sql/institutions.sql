-- Who is in business in the month, and where.
create temp view open_now as
select i.* from institutions i, month m
where coalesce(substr(active_from, 1, 7), '') <= m.period and coalesce(substr(active_to, 1, 7), '9999') >= m.period;
create temp view here as
select b.area, b.bank, i.class from branches b join open_now i on i.bank = b.bank where i.class in ('政策性', '国有', '股份', '城商', '农商', '村镇')
union
select o.area, o.institution, i.class from outlets o join open_now i on i.bank = o.institution, month m
where o.kind = 'office' and i.class = '保险' and coalesce(substr(o.active_from, 1, 7), '') <= m.period
  and coalesce(substr(o.active_to, 1, 7), '9999') >= m.period
union
select area, bank, class from open_now where area is not null and class in ('小贷', '担保', '典当', '民间融资', '融资租赁', '基金');
create temp table words (class, place, name);
insert into words values ('小贷', 8, '小额贷款公司'), ('担保', 9, '融资担保公司'), ('典当', 10, '典当行'), ('民间融资', 11, '民间融资机构'),
    ('融资租赁', 12, '融资租赁公司'), ('基金', 13, '基金'), ('合计', 99, '合计');
-- What an organisation had when the year began: nothing where it opened since; of one that is gone, what it had, and nothing now.
create temp view moved as
select f.area, f.institution, i.class, 1 as reported, f.capital, f.balance, f.overdue, f.cust_n, f.issued_ytd, f.onsite_n, f.offsite_n, f.found_n,
       f.fixed_n, case when o.institution is null and substr(i.active_from, 1, 7) > m.opening then 0 else o.balance end as balance_open
from month m, F5 f join institutions i on i.bank = f.institution
left join open_F5 o on o.area = f.area and o.institution = f.institution
union all
select o.area, o.institution, i.class, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, o.balance
from month m, open_F5 o join institutions i on i.bank = o.institution
where substr(i.active_to, 1, 7) < m.period and not exists (select 1 from F5 f where f.area = o.area and f.institution = o.institution);
