-- B05j 国有资本投融资及担保违规业务清单: a deal against the rules a row, by area in house order, then by date and number.
-- A guarantor is state-owned where its row says so, or where it stands in the ledger as an operator itself.
create temp view deal as
select L12.*, approval_no is null as unapproved,
       coalesce(guarantor_state_owned = 1, 0) or guarantor in (select operator from L12) is true as owned
from L12;

create temp view judged as
select deal.*, owned and exception_no is null as unexcepted, unapproved or (owned and exception_no is null) as violates,
       owned and exception_no is null and exists (select 1 from L12 r where r.operator = deal.guarantor and r.guarantor = deal.operator) as mutual
from deal;

select a.name_zh as area, o.name_zh as operator, date, kind, b.name_zh as bank, wan(amount) as amount, g.name_zh as guarantor,
       approval_no, unapproved as no_approval, unexcepted as state_guarantor, mutual
from judged join areas a on a.area = judged.area join institutions b on b.bank = judged.bank
     join companies o on o.company = judged.operator left join companies g on g.company = judged.guarantor
where violates order by a."order", date, id
