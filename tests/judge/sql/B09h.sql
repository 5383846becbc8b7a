-- B09h 信贷产品要素表 (D21): the products whose terms bind a rule, by class, product and bank, with the lowest rate that the LPR of the month allows.
create temp view bound as
select p.*, instr('credit mortgage guarantee chain agri tech cross refinance', p.class) as place, coalesce(c.name_zh, p.class) as class_name,
       b.name_zh as bank_name, r.lpr_1y
from products p left join institutions b on b.bank = p.bank left join codes c on c."table" = 'product_class' and c.code = p.class,
     month m left join rates r on r.period = m.period
where coalesce(cap, bp_min, lpr_bp, discount_max) is not null;

select name_zh as product, bank_name as bank, class_name as class, coalesce(cap_old, '\-') as cap_old, coalesce(cap, '\-') as cap,
       coalesce(cap_from, '\-') as cap_from, wan(coalesce(term_old, '\-')) as term_old, wan(coalesce(term, '\-')) as term,
       wan(coalesce(rise_min, '\-')) as rise_min, wan(coalesce(rise_max, '\-')) as rise_max, wan(coalesce(guar_fee, '\-')) as guar_fee,
       coalesce(bp_min, '\-') as bp_min, coalesce(bp_max, '\-') as bp_max, coalesce(lpr_bp, '\-') as lpr_bp,
       case when lpr_bp is null then '\-' else "add"(wan(lpr_1y), ratio(lpr_bp, 100)) end as floor, wan(coalesce(discount_max, '\-')) as discount_max
from bound order by place, bound.product
