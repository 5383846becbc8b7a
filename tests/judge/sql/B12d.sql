-- B12d 企业结息方式情况表 (D05): a bank a row, in house order, all of them last.
-- from returns.sql
create temp view settled as
select bank_place as place, bank_name as name, branch.* from branch union all select 1000, '合计', branch.* from branch;

select name as bank, strict(int_m_n) as int_m_n, strict(int_q_n) as int_q_n, strict(int_h_n) as int_h_n, strict(int_y_n) as int_y_n,
       "add"("add"(strict(int_m_n), strict(int_q_n)), "add"(strict(int_h_n), strict(int_y_n))) as int_n,
       pct("add"(strict(int_h_n), strict(int_y_n)), "add"("add"(strict(int_m_n), strict(int_q_n)), "add"(strict(int_h_n), strict(int_y_n)))) as long_share
from settled group by place, name order by place
