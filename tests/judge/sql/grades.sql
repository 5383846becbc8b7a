-- Credit by grade (L11) with what is laid down for the grade in the month. A subject counts once, with the best of its grades.
create temp view kind(code, place, title) as values ('farmer', 1, '农户'), ('individual', 2, '个体工商户'), ('merchant', 3, '商户'), ('firm', 4, '企业');

create temp view rule as
select * from grade_rules where valid_from <= (select period from month) and (valid_to is null or valid_to >= (select period from month));

create temp view subject as
select l.subject, min(r.level) as best, count(distinct l.bank) as of_banks
from L11 l join rule r on r.bank = l.bank and r.type = l.type and r.grade = l.grade group by l.subject;

-- Rates are whole numbers of 10^-6 %, so a BP is 10^4 of them.
create temp view graded as
select a."order" as area_place, a.name_zh as area_title, b."order" as bank_place, b.name_zh as bank_title, k.place as kind_place, k.title as kind_title,
       l.*, r.cap, r.discount_max, r.bp_min, r.bp_max, r.fast_lane, s.best, s.of_banks, times(l.rate_base, l.credit) as base_x, times(l.rate, l.credit) as rate_x,
       coalesce(l.credit > r.cap, 0) as over_cap,
       coalesce((l.rate_base - l.rate) * 100 * 1000000 > l.rate_base * r.discount_max, 0)
       or coalesce((l.rate_base - l.rate) * 100 not between r.bp_min and r.bp_max, 0) as over_rate
from L11 l join areas a on a.area = l.area join institutions b on b.bank = l.bank join kind k on k.code = l.type join subject s on s.subject = l.subject
left join rule r on r.bank = l.bank and r.type = l.type and r.grade = l.grade;

create temp view grades as
select x_place, y_place, z_place, max(x) as x, max(y) as y, max(z) as z, count(distinct bank) as banks, count(distinct subject) as subjects,
       count(distinct case when of_banks > 1 then subject end) as shared, count(distinct case best when 1 then subject end) as n_aaa,
       count(distinct case best when 2 then subject end) as n_aa, count(distinct case best when 3 then subject end) as n_a_plus,
       count(distinct case best when 4 then subject end) as n_a, count(distinct case when fast_lane = 1 then subject end) as fast, wan(sum(credit)) as credit,
       wan(ratio(sum(credit), count(distinct subject))) as avg, wan(sum(used)) as used, pct(sum(used), sum(credit)) as use_rate,
       wan(ratio(strict(base_x), sum(credit))) as rate_base, wan(ratio(strict(rate_x), sum(credit))) as rate,
       pct(sub(strict(base_x), strict(rate_x)), strict(base_x)) as discount, wan(times(ratio(sub(strict(base_x), strict(rate_x)), sum(credit)), 100)) as cut,
       sum(over_cap) as over_cap, sum(over_rate) as over_rate
from cells group by x_place, y_place, z_place;
