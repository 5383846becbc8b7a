-- B05j 国有资本投融资及担保违规业务清单: a deal against the rules a row, by area in house order, then by date and number.
-- from deals.sql

select a.name_zh as area, o.name_zh as operator, date, kind, b.name_zh as bank, wan(amount) as amount, g.name_zh as guarantor,
       approval_no, unapproved as no_approval, unexcepted as state_guarantor, mutual
from judged join areas a on a.area = judged.area join institutions b on b.bank = judged.bank
     join companies o on o.company = judged.operator left join companies g on g.company = judged.guarantor
where violates order by a."order", date, id
