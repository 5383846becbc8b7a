-- The figures that are ranked, as the judged tables print them; where less is better, least is 1. What is missing or cannot exist has no rank.
create temp view of_area as
select 1 as place, '各项存款余额' as indicator, '亿元' as unit, 0 as least, area as object, dep as value from printed_B01
union all
select 2 as place, '各项存款较年初增长' as indicator, '%' as unit, 0 as least, area as object, dep_growth as value from printed_B01
union all
select 3 as place, '各项贷款余额' as indicator, '亿元' as unit, 0 as least, area as object, loan as value from printed_B01
union all
select 4 as place, '各项贷款较年初增长' as indicator, '%' as unit, 0 as least, area as object, loan_growth as value from printed_B01
union all
select 5 as place, '存贷比' as indicator, '%' as unit, 1 as least, area as object, ldr as value from printed_B01
union all
select 6 as place, '工业贷款较年初增加' as indicator, '亿元' as unit, 0 as least, area as object, inc as value from printed_B03 where field = '工业贷款'
union all
select 7 as place, '工业贷款较年初增长' as indicator, '%' as unit, 0 as least, area as object, growth as value from printed_B03 where field = '工业贷款'
union all
select 8 as place, '制造业贷款较年初增长' as indicator, '%' as unit, 0 as least, area as object, growth as value from printed_B03 where field = '制造业贷款'
union all
select 9 as place, '涉农贷款较年初增长' as indicator, '%' as unit, 0 as least, area as object, growth as value from printed_B03 where field = '涉农贷款'
union all
select 10 as place, '普惠重点领域贷款较年初增加' as indicator, '亿元' as unit, 0 as least, area as object, inc as value from printed_B03 where field = '普惠金融重点领域贷款'
union all
select 11 as place, '普惠重点领域贷款占比提升' as indicator, '百分点' as unit, 0 as least, area as object, share_change as value from printed_B03 where field = '普惠金融重点领域贷款'
union all
select 12 as place, '小微企业贷款较年初增长' as indicator, '%' as unit, 0 as least, area as object, growth as value from printed_B03 where field = '小微企业贷款'
union all
select 13 as place, '不良贷款余额' as indicator, '亿元' as unit, 1 as least, area as object, npl as value from printed_B04
union all
select 14 as place, '不良贷款率' as indicator, '%' as unit, 1 as least, area as object, ratio as value from printed_B04
union all
select 15 as place, '不良率降幅' as indicator, '%' as unit, 0 as least, area as object, drop_rate as value from printed_B04
union all
select 16 as place, '不良处置率' as indicator, '%' as unit, 0 as least, area as object, disposal_rate as value from printed_B04
union all
select 17 as place, '不良贷款处置规模' as indicator, '亿元' as unit, 0 as least, area as object, total as value from printed_B05
union all
select 18 as place, '执行到位率' as indicator, '%' as unit, 0 as least, area as object, rate as value from printed_B05f
union all
select 19 as place, '本年直接融资' as indicator, '亿元' as unit, 0 as least, area as object, total as value from printed_B14
union all
select 20 as place, '直接融资同比增长' as indicator, '%' as unit, 0 as least, area as object, growth as value from printed_B14
union all
select 21 as place, '签约项目授信率' as indicator, '%' as unit, 0 as least, area as object, credit_rate as value from printed_B06
union all
select 22 as place, '签约项目资金到位率' as indicator, '%' as unit, 0 as least, area as object, paid_rate as value from printed_B06
union all
select 23 as place, '服务企业解决融资需求' as indicator, '亿元' as unit, 0 as least, area as object, solved as value from printed_B07 where scheme = '合计'
union all
select 24 as place, '服务企业诉求解决率' as indicator, '%' as unit, 0 as least, area as object, resolution_rate as value from printed_B07 where scheme = '合计'
union all
select 25 as place, '防非线索办结率' as indicator, '%' as unit, 0 as least, area as object, rate as value from printed_B18
union all
select 26 as place, '无非法集资村社占比' as indicator, '%' as unit, 0 as least, area as object, clean_share as value from printed_B18;
create temp view of_bank as
select 1 as place, '各项存款余额' as indicator, '亿元' as unit, 0 as least, bank as object, dep as value from printed_B02 where area = '全市' and bank != '合计'
union all
select 2 as place, '各项存款较年初增长' as indicator, '%' as unit, 0 as least, bank as object, dep_growth as value from printed_B02 where area = '全市' and bank != '合计'
union all
select 3 as place, '各项贷款余额' as indicator, '亿元' as unit, 0 as least, bank as object, loan as value from printed_B02 where area = '全市' and bank != '合计'
union all
select 4 as place, '各项贷款较年初增长' as indicator, '%' as unit, 0 as least, bank as object, loan_growth as value from printed_B02 where area = '全市' and bank != '合计'
union all
select 5 as place, '工业贷款较年初增加' as indicator, '亿元' as unit, 0 as least, bank as object, inc as value from printed_B03b where area = '全市' and field = '工业贷款' and bank != '合计'
union all
select 6 as place, '普惠重点领域贷款较年初增加' as indicator, '亿元' as unit, 0 as least, bank as object, inc as value from printed_B03b where area = '全市' and field = '普惠金融重点领域贷款' and bank != '合计'
union all
select 7 as place, '实体贷款较年初增加' as indicator, '亿元' as unit, 0 as least, bank as object, inc as value from printed_B03b where area = '全市' and field = '实体贷款' and bank != '合计'
union all
select 8 as place, '不良贷款余额' as indicator, '亿元' as unit, 1 as least, bank as object, npl as value from printed_B04b where area = '全市' and bank != '合计'
union all
select 9 as place, '不良贷款率' as indicator, '%' as unit, 1 as least, bank as object, ratio as value from printed_B04b where area = '全市' and bank != '合计'
union all
select 10 as place, '不良率降幅' as indicator, '%' as unit, 0 as least, bank as object, drop_rate as value from printed_B04b where area = '全市' and bank != '合计'
union all
select 11 as place, '不良贷款处置规模' as indicator, '亿元' as unit, 0 as least, bank as object, total as value from printed_B05b where area = '全市' and bank != '合计'
union all
select 12 as place, '签约项目资金到位率' as indicator, '%' as unit, 0 as least, bank as object, paid_rate as value from printed_B06b where bank != '合计';
create temp view known as
select *, case when typeof(value) = 'integer' then 1 else 0 end as ranked, value * (case least when 1 then 1 else -1 end) as sort from of_area where object != '全市';
create temp view known_bank as
select k.*, i.class, case when typeof(value) = 'integer' then 1 else 0 end as ranked, value * (case least when 1 then 1 else -1 end) as sort
from of_bank k left join institutions i on i.name_zh = k.object;
create temp view area_ranks as
select a.*, case when a.object = '全市' then '\-' when typeof(a.value) != 'integer' then a.value
    else (select 1 + count(*) from known k where k.place = a.place and k.ranked and k.sort < a.value * (case a.least when 1 then 1 else -1 end)) end as rank,
    (select sum(ranked) from known k where k.place = a.place) as rank_of
from of_area a;
