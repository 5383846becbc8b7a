-- B20c 地方金融组织明细表: a row an organisation that reported (F5).
-- months 03 06 09 12
-- from institutions.sql
select a.name_zh as area, w.name as class, i.name_zh as institution, wan(capital) as capital, wan(balance) as balance,
       wan(sub(balance, balance_open)) as inc, pct(sub(balance, balance_open), balance_open) as growth, wan(overdue) as overdue,
       pct(overdue, balance) as overdue_rate, cust_n as customers, wan(issued_ytd) as issued, onsite_n as onsite, offsite_n as offsite,
       found_n as found, fixed_n as fixed
from moved f join areas a on a.area = f.area join words w on w.class = f.class join institutions i on i.bank = f.institution
where f.reported = 1 order by a."order", w.place, i."order"
