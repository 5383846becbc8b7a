-- B05h 失信被执行企业“一票否决”名单: a case a row; by area in house order, within an area those who owe most first, then by case.
select a.name_zh as area, c.name_zh as company, b.name_zh as bank, filed, wan(amount) as amount, wan(completed + settled) as executed,
       wan(amount - completed - settled) as left, pct(completed + settled, amount) as rate
from L8 join areas a on a.area = L8.area join institutions b on b.bank = L8.bank join companies c on c.company = L8.company
where dishonest_n > 0
order by a."order", amount - completed - settled desc, "case"
