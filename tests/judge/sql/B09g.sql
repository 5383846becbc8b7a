-- B09g 信贷产品目录: how many products of each class a county's book has, and in all; a product that several banks offer has no bank.
create temp view listed as
select a."order" as area_place, a.name_zh as area_name, t.book, p.*, instr('credit mortgage guarantee chain agri tech', p.class) as class_place,
       coalesce(c.name_zh, p.class) as class_name
from catalogue t join products p on p.product = t.product join areas a on a.area = t.area
     left join codes c on c."table" = 'product_class' and c.code = p.class;

create temp view grain as
select class_place as place, class_name as name, listed.* from listed union all select 1000, '合计', listed.* from listed;

select area_name as area, book, name as class, count(*) as products, case when place = 1000 then count(distinct class) else '\-' end as classes,
       count(distinct bank) as banks, sum(unsecured) as unsecured
from grain group by area_place, area_name, book, place, name order by area_place, book, place
