-- B20b 地方金融组织运行与检查情况表: by area and class, those registered beside those that reported (F5).
-- months 03 06 09 12
-- from institutions.sql
create temp view cell as
select distinct a.area, a.name_zh, a."order", w.class, w.name, w.place
from (select area, name_zh, "order" from areas union all select '全市', '全市', 1000) a, words w
where exists (select 1 from here h where h.class in (select class from words) and (h.area = a.area or a.area = '全市') and (h.class = w.class or w.class = '合计'))
   or exists (select 1 from moved f where (f.area = a.area or a.area = '全市') and (f.class = w.class or w.class = '合计'));
create temp view figures as
select c.*, (select count(distinct h.bank) from here h where h.class in (select class from words) and (h.area = c.area or c.area = '全市')
                and (h.class = c.class or c.class = '合计')) as registered,
       sum(coalesce(f.reported, 0)) as reported, count(f.institution) as n, strict(f.capital) as capital, strict(f.balance) as balance,
       strict(f.balance_open) as balance_open, strict(f.overdue) as overdue, sum(f.cust_n) as customers, strict(f.issued_ytd) as issued,
       sum(f.onsite_n) as onsite, sum(f.offsite_n) as offsite, sum(f.found_n) as found, sum(f.fixed_n) as fixed
from cell c left join moved f on (f.area = c.area or c.area = '全市') and (f.class = c.class or c.class = '合计')
group by c.area, c.class;

select name_zh as area, name as class, registered, reported, wan(capital) as capital, wan(balance) as balance,
       wan(sub(balance, balance_open)) as inc, pct(sub(balance, balance_open), balance_open) as growth, wan(overdue) as overdue,
       pct(overdue, balance) as overdue_rate, customers, wan(issued) as issued, onsite, offsite, found, fixed, pct(fixed, found) as fixed_rate
from figures order by "order", place
