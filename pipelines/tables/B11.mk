# B11 to B11c 整村授信 (L6), by area, by area and bank, by town; B11d to B11g 信用等级授信 (L11), by area and kind of subject, by bank, what is
# beyond limit or discount (D42), and what the banks have laid down. A village, a household and a subject count once, however many banks
# have them: of a village the households of the bank that has granted most, of a subject its best grade. Credit of several banks adds up.

$(call made,L6 places,B11 B11b B11c)
$(call made,L11 grade_rules companies,B11d B11e B11f B11g)

VILLAGE_MONEY = vil_credit vil_used
VILLAGE_RATES = vil_rate vil_avg vil_use_rate
HOUSEHOLDS = hh_total hh_excluded hh_granted hh_used
by_town = $(TB)aggregate -g area,town --rollup --total area=全市 --total town=合计

$(W)/base/L6.tsv: $(W)/clean/L6.tsv | $(W)/base
	@$(TB)aggregate -g area,town,village -a 'banks=count_distinct(bank)' $(foreach h,$(HOUSEHOLDS),-a '$(h)=last($(h), hh_granted)') $(call sums,credit used) $< \
	| $(by_town) -a 'villages=count()' -a 'shared=count(when=num(banks) > 1)' $(call sums,$(HOUSEHOLDS) credit used) $(into)

# Of a ledger that was not read nothing is known; of one that was, a town without credit has zeros.
$(W)/base/towns.tsv: $(W)/base/L6.tsv $(call reference,places) $(W)/check/ledgers.tsv
	@$(by_town) -a 'registered=count()' -a 'hh_registered=sum(hh_registered)' -a 'merchants=sum(merchants_n)' $(call reference,places) \
	| $(TB)lookup -k area,town --outer $$([ $(call was_read,L6) = 0 ] || echo --fill 0) $< $(into)
$(W)/exact/B11.tsv: $(W)/base/towns.tsv
	@$(TB)derive -w "town == '合计'" $< $(into)
$(W)/tables/B11.tsv: $(W)/exact/B11.tsv
	@$(call print,vil_coverage $(VILLAGE_RATES) $(VILLAGE_MONEY)) $< | $(and_city) | $(areas_in_order) \
	| $(TB)derive -c area,registered,villages,vil_coverage=coverage,shared,hh_registered,hh_total,hh_excluded,hh_granted=granted,vil_rate=rate,vil_credit=credit,vil_avg=avg,hh_used,vil_used=used,vil_use_rate=use_rate $(into)
$(W)/exact/B11c.tsv: $(W)/base/towns.tsv
	@$(TB)derive -w "town != '合计'" $< $(into)
$(W)/tables/B11c.tsv: $(W)/exact/B11c.tsv $(call reference,places)
	@$(call print,vil_coverage $(VILLAGE_RATES) $(VILLAGE_MONEY)) $< \
	| $(TB)lookup -k town -c name <($(TB)aggregate -g town -a 'name=min(text(name_zh))' $(call reference,places)) | $(call area_names,) \
	| $(TB)rank --sort -k area_order:asc,town:text | $(TB)derive -a 'area=coalesce(area_name, area)' -a 'town=coalesce(name, town)' \
		-c area,town,registered,villages,vil_coverage=coverage,hh_registered,hh_total,hh_excluded,hh_granted=granted,vil_rate=rate,vil_credit=credit,vil_avg=avg,merchants $(into)

GRADE_COUNTS = n_aaa n_aa n_a_plus n_a
$(W)/exact/B11b.tsv: $(W)/clean/L6.tsv $(W)/check/ledgers.tsv
	@$(TB)aggregate -g area,bank -a 'villages=count_distinct(village)' -a 'towns=count_distinct(town)' $(call sums,$(HOUSEHOLDS) credit used $(GRADE_COUNTS)) $< \
	| $(call if_read,L6,-) $(into)
$(W)/tables/B11b.tsv: $(W)/exact/B11b.tsv
	@$(call print,$(VILLAGE_RATES) $(VILLAGE_MONEY)) $< | $(banks_in_order) \
		-c area,bank,towns,villages,hh_total,hh_excluded,hh_granted=granted,vil_rate=rate,vil_credit=credit,vil_avg=avg,hh_used,vil_used=used,vil_use_rate=use_rate,$(subst $() ,$(comma),$(GRADE_COUNTS)) $(into)

# Each credit with what is laid down for its grade; the best grade of the subject, and how many banks it has.
GRADE_TERMS = cap discount_max bp_min bp_max
$(W)/base/L11.tsv: $(W)/clean/L11.tsv $(W)/views/grade_rules_now.tsv $(W)/check/ledgers.tsv | $(W)/base
	@$(TB)lookup -k bank,type,grade -c level,$(subst $() ,$(comma),$(GRADE_TERMS)),fast_lane $(W)/views/grade_rules_now.tsv $< \
	| $(TB)derive -a 'over_cap=coalesce(num(credit > cap), 0)' \
		-a 'over_rate=max(coalesce(num(rate * 100 < rate_base * (100 - discount_max)), 0), coalesce(num(not between((rate_base - rate) * 100, bp_min, bp_max)), 0))' \
		-a 'base_x=rate_base * credit' -a 'rate_x=rate * credit' | $(call if_read,L11,-) > $@.rows
	@$(TB)lookup -k subject -c best,of_banks <($(TB)aggregate -g subject -a 'best=min(level)' -a 'of_banks=count_distinct(bank)' $@.rows) $@.rows $(into)

LEVELS = 1:aaa 2:aa 3:a_plus 4:a
GRADED = -a 'subjects=count_distinct(subject)' $(foreach l,$(LEVELS),-a 'n_$(lastword $(subst :, ,$(l)))=count_distinct(subject, when=num(best) == $(firstword $(subst :, ,$(l))))') \
	-a 'fast=count_distinct(subject, when=num(fast_lane) == 1)' $(call sums,credit used base_x rate_x over_cap over_rate)
GRADED_PRINT = $(call print,gr_avg gr_use_rate gr_base gr_rate gr_discount gr_cut vil_credit vil_used)
subject_types = $(call in_words,type,subject_types)
$(W)/exact/B11d.tsv: $(W)/base/L11.tsv
	@$(TB)aggregate -g area,type --cube --total area=全市 --total type=合计 -a 'banks=count_distinct(bank)' -a 'shared=count_distinct(subject, when=num(of_banks) > 1)' $(GRADED) $< $(into)
$(W)/tables/B11d.tsv: $(W)/exact/B11d.tsv $(W)/check/ledgers.tsv $(call spec,subject_types.tsv)
	@$(call if_read,L11,$<) | $(GRADED_PRINT) - | $(call area_names,) | $(subject_types) | $(TB)rank --sort -k area_order:asc,type_order:asc \
	| $(TB)derive -a 'area=coalesce(area_name, area)' -a 'type=coalesce(type_name, type)' \
		-c area,type,banks,subjects,shared,$(subst $() ,$(comma),$(GRADE_COUNTS)),fast,vil_credit=credit,gr_avg=avg,vil_used=used,gr_use_rate=use_rate,gr_base=rate_base,gr_rate=rate,gr_discount=discount,over_cap,over_rate $(into)
$(W)/exact/B11e.tsv: $(W)/base/L11.tsv
	@$(TB)aggregate -g area,bank,type $(GRADED) $< $(into)
$(W)/tables/B11e.tsv: $(W)/exact/B11e.tsv $(call spec,subject_types.tsv)
	@$(GRADED_PRINT) $< | $(subject_types) | $(call banks_in_order,$(comma)type_order:asc) \
	| $(TB)derive -a 'type=coalesce(type_name, type)' \
		-c area,bank,type,subjects,vil_credit=credit,gr_avg=avg,vil_used=used,gr_use_rate=use_rate,gr_base=rate_base,gr_rate=rate,gr_discount=discount,gr_cut=cut,over_cap,over_rate $(into)

$(W)/exact/B11f.tsv: $(W)/base/L11.tsv
	@$(TB)derive -w 'over_cap == 1 or over_rate == 1' $(foreach t,$(GRADE_TERMS),-a '$(t)=if(is_missing($(t)), na, num($(t)))') \
		-c area,bank,type,subject,grade,credit,rate_base,rate,$(subst $() ,$(comma),$(GRADE_TERMS)),over_cap,over_rate $< $(into)
$(W)/tables/B11f.tsv: $(W)/exact/B11f.tsv $(call spec,subject_types.tsv) $(call reference,companies)
	@$(call print,over_discount over_cut) $< | $(subject_types) | $(call named,subject) | $(call banks_in_order,$(comma)type_order:asc$(comma)subject:text) \
	| $(TB)derive -a 'type=coalesce(type_name, type)' -a 'subject=coalesce(subject_name, subject)' \
		-c area,bank,type,subject,grade,credit,cap,over_cap,rate_base,rate,over_discount=discount,discount_max,over_cut=cut,bp_min,bp_max,over_rate $(into)

$(W)/exact/B11g.tsv: $(W)/views/grade_rules_now.tsv
	@$(TB)derive $(foreach t,score_min $(GRADE_TERMS) acquiring_fee,-a '$(t)=if(is_missing($(t)), na, num($(t)))') \
		-c bank,type,grade,level,score_min,$(subst $() ,$(comma),$(GRADE_TERMS)),acquiring_fee,unsecured,fast_lane,valid_from $< $(into)
$(W)/tables/B11g.tsv: $(W)/exact/B11g.tsv $(call spec,subject_types.tsv)
	@$(bank_names) < $< | $(subject_types) | $(TB)rank --sort -k bank_order:asc,type_order:asc,level:asc \
	| $(TB)derive -a 'bank=coalesce(bank_name, bank)' -a 'type=coalesce(type_name, type)' \
		-c bank,type,grade,score_min,$(subst $() ,$(comma),$(GRADE_TERMS)),acquiring_fee,unsecured,fast_lane,valid_from $(into)
