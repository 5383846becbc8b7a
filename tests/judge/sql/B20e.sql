-- B20e 银行机构指标排名附表: competition ranks of the printed values of each bank in all areas, among all banks and those of its class.
-- months 03 06 09 12
-- from ranked.sql
create temp table words (class, name);
insert into words values ('政策性', '政策性银行'), ('国有', '国有银行'), ('股份', '股份制银行'), ('城商', '城商银行'), ('农商', '农商银行'), ('村镇', '村镇银行');

select b.indicator, b.unit, w.name as class, b.object as bank, wan(b.value) as value,
       case when b.ranked then (select 1 + count(*) from known_bank k where k.place = b.place and k.ranked and k.sort < b.sort) else b.value end as rank,
       (select sum(ranked) from known_bank k where k.place = b.place) as rank_of,
       case when b.ranked then (select 1 + count(*) from known_bank k where k.place = b.place and k.class = b.class and k.ranked and k.sort < b.sort)
            else b.value end as class_rank,
       (select sum(ranked) from known_bank k where k.place = b.place and k.class = b.class) as class_rank_of
from known_bank b join words w on w.class = b.class join institutions i on i.name_zh = b.object order by b.place, i."order"
