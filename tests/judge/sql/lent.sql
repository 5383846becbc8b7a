-- The rows of the product return with their products, as the terms are in the month, and the rates of the month. Amounts are integers of
-- 10^-6 of their unit; loans of products are those that F1 counts among its loans, but for 其他贷款, all loans of no product.
create temp view sold as
select F2.*, p.name_zh as product_name, p.class, p.kind, p.in_loans, p.collateral, p.new_collateral, p.discount_max, p.lpr_bp,
       coalesce(case when p.cap_from > F2.period then p.cap_old else p.cap end, '\-') as cap,
       case when p.cap_from > F2.period then p.term_old else p.term end as term, r.lpr_1y, r.fx_usd,
       a."order" as area_place, a.name_zh as area_name, b."order" as bank_place, b.name_zh as bank_name, c.name_zh as class_name,
       instr('credit mortgage guarantee chain agri tech', p.class) as class_place
from F2 join products p on p.product = F2.product left join rates r on r.period = F2.period
     join areas a on a.area = F2.area join institutions b on b.bank = F2.bank
     left join codes c on c."table" = 'product_class' and c.code = p.class;

create temp view lent as
select sold.*, case when cap = '\-' then cap else credit > approved_n * 1000000 * cap end as beyond,
       case when rate_w = '\-' then rate_w else issue_ytd end as rate_base, case when bp_cut = '\-' then bp_cut else issue_ytd end as bp_base,
       case when guar_fee = '\-' then guar_fee else issue_ytd end as guar_base
from sold where in_loans = 1 and class <> 'other';

-- A product of a bank, each class, and all.
create temp view of_class as
select class_place as place, class_name as name, 0 as last, product as code, product_name as of_product, bank_place as second, bank_name as of_bank, lent.*
from lent
union all select class_place, class_name, 1, '', '合计', 0, '合计', lent.* from lent
union all select 1000, '合计', 1, '', '合计', 0, '合计', lent.* from lent;
