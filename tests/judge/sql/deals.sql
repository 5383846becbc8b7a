-- The deals of state capital and which of them are against the rules.
-- A guarantor is state-owned where its row says so, or where it stands in the ledger as an operator itself.
create temp view deal as
select L12.*, approval_no is null as unapproved,
       coalesce(guarantor_state_owned = 1, 0) or guarantor in (select operator from L12) is true as owned
from L12;

create temp view judged as
select deal.*, owned and exception_no is null as unexcepted, unapproved or (owned and exception_no is null) as violates,
       owned and exception_no is null and exists (select 1 from L12 r where r.operator = deal.guarantor and r.guarantor = deal.operator) as mutual
from deal;
