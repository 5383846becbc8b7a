-- The returns on how loans are handled, with the names and places of their areas and banks.
create temp view branch as
select F4.*, a."order" as area_place, a.name_zh as area_name, b."order" as bank_place, b.name_zh as bank_name
from F4 join areas a on a.area = F4.area join institutions b on b.bank = F4.bank;

-- An area a row, whether a bank has filed there or not, and the city.
create temp view of_area as
select a."order" as place, a.name_zh as name, branch.* from areas a left join branch on branch.area = a.area
union all select 1000, '全市', branch.* from month left join branch on true;
