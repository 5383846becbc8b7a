-- B16 跨境金融业务表 (D23, D37, D38): the services of a kind by amount, a total after each kind, that of all last. Dollars are converted at the
-- rate of the month's end (T11); ranks go by the printed value within the kind.
-- from lent.sql
create temp view crossing as
select sold.*, case when ccy = 'USD' then issue_ytd else 0 end as dollars_ytd, case when ccy = 'USD' then issue_cum else 0 end as dollars_cum,
       case when ccy = 'USD' then times(issue_ytd, ratio(fx_usd, 1000000)) else issue_ytd end as yuan_ytd,
       case when ccy = 'USD' then times(issue_cum, ratio(fx_usd, 1000000)) else issue_cum end as yuan_cum
from sold where class = 'cross';

create temp view grain as
select kind as of_kind, 0 as last, product as code, product_name as name, bank_place as place, bank_name as of_bank, crossing.* from crossing
union all select kind, 1, '', '合计', 0, '合计', crossing.* from crossing
union all select '~', 1, '', '合计', 0, '合计', crossing.* from crossing;

create temp table summed as
select of_kind, last, code, name, place, of_bank, count(distinct area) as areas, sum(cust_cum) as firms, sum(txn_cum) as txns,
       sum(dollars_ytd) as dollars_ytd, sum(dollars_cum) as dollars_cum, strict(yuan_ytd) as yuan_ytd, strict(yuan_cum) as yuan_cum,
       max(case when fee <> '\-' then fee end) as fee, max(case when loss <> '\-' then loss end) as loss
from grain group by of_kind, last, code, name, place, of_bank;

create temp view ranked as
select s.*, t.yuan_cum as kind_cum, rank() over (partition by s.of_kind, s.last order by s.firms desc) as by_firms,
       rank() over (partition by s.of_kind, s.last order by rounded(wan(s.yuan_cum), 2) desc) as by_amount
from summed s left join summed t on t.of_kind = s.of_kind and t.last = 1;

select coalesce(c.name_zh, '合计') as kind, name as product, of_bank as bank, areas, firms, txns, times(dollars_ytd, ratio(1, 100)) as usd_ytd,
       times(dollars_cum, ratio(1, 100)) as usd_cum, wan(yuan_ytd) as cny_ytd, wan(yuan_cum) as cny_cum, wan(ratio(yuan_cum, txns)) as average,
       case when of_kind = '~' then '\-' else pct(yuan_cum, kind_cum) end as share, case when last then '\-' else by_firms end as firms_rank,
       case when last then '\-' else by_amount end as amount_rank, wan(coalesce(fee, '\-')) as fee, wan(coalesce(loss, '\-')) as loss
from ranked left join codes c on c."table" = 'cross' and c.code = of_kind
order by case of_kind when 'collection' then 1 when 'cips' then 2 else 3 end, last, by_amount, ranked.code
