# B15 财政金融奖补与激励资金表: what the rules of refs/listing_rules.tsv give against what was paid, by area and scheme; by who pays and,
# of rewards for listing, by stage (B15b); the central bank's incentive by bank (B15c, D25); the rules in force (B15d).
#
# A reward for listing is due when a firm has reached a stage (L3), whether anybody has claimed it or not, under the rules in
# force that day; all else is due on the basis of an award (L5). Amounts are in 万元.

$(call made,F1 L3 L5 listing_rules rates companies,B15 B15b B15c B15d)

$(addprefix $(W)/base/,reward_rules.tsv reached.tsv entitled.tsv reward_awards.tsv incentives.tsv reward_claims.tsv): \
	$(RULES)/tables.mk $(TABLE_RULES) $(W)/references.checked $(FILTERS) | $(W)/base

# --- the rules, each in every area where it holds, with the amount that it gives a firm where that is fixed, to 0.01 yuan ---

B15_RULES := $(call reference,listing_rules)
B15_STAGES = contract tutoring accepted listed
$(W)/base/reward_rules.tsv: $(B15_RULES) $(REFS)/areas.tsv
	@{ $(TB)derive -a 'at=text(area)' -c area,at $(REFS)/areas.tsv; $(TB)derive -a "at=''" -c area,at $(REFS)/areas.tsv | sed 1d; } \
	| $(TB)lookup -k at=area --all --unmatched drop $(B15_RULES) \
	| $(TB)derive -a 'amount=coalesce(unit_amount, round(total * weight / weight_sum, 6))' \
		-c area,scheme,level,board,stage,sector=only_sector,valid_from,valid_to,amount,ratio,cap,rule $(into)
B15_in_force = text(valid_from) <= $(1) and (is_missing(valid_to) or $(1) <= text(valid_to))

# --- what is due, what was paid: a row a claim ---

# The stages that firms have reached, a row each; those that a rule rewards. Two rules for one thing on one day are a mistake
# of the book: the lookup of each claim by what it is for stops at them and names it.
$(W)/base/reached.tsv: $(W)/clean/L3.tsv
	@for stage in $(B15_STAGES); do $(TB)derive -w "not is_missing($${stage}_date)" -a "stage='$$stage'" \
		-c "company,area,board,sector,stage,$${stage}_date=date" $< | sed "$${rest:-}"; rest=1d; done $(into)
$(W)/base/entitled.tsv: $(W)/base/reached.tsv $(W)/base/reward_rules.tsv $(W)/check/ledgers.tsv
	@$(TB)lookup -k area,board,stage --all --unmatched drop -c rule,level,only_sector,valid_from,valid_to,amount \
		<($(TB)derive -w "scheme == 'listing'" $(W)/base/reward_rules.tsv) $< \
	| $(TB)derive -w "$(call B15_in_force,text(date))" -w 'is_missing(only_sector) or text(only_sector) == text(sector)' \
		-a "scheme='listing'" -a "paid=if($(call was_read,L5) == 1, 0, missing)" -a 'paid_ytd=num(paid)' -o $@.all
	@$(TB)lookup -k company,board,stage,level,only_sector -c rule=only $@.all $@.all \
	| $(TB)derive -c area,scheme,level,board,stage,company=party,sector,amount=due,paid,paid_ytd $(into)

B15_BY_RATIO = min(basis * ratio / 100, coalesce(cap, basis * ratio / 100))
$(W)/base/reward_awards.tsv: $(W)/clean/L5.tsv $(B15_RULES) $(call reference,companies) $(W)/check/ledgers.tsv
	@$(TB)derive -w "scheme != 'incentive'" $< | $(TB)lookup -k rule -c ratio,cap $(B15_RULES) | $(TB)lookup -k company -c sector $(call reference,companies) \
	| $(TB)derive -a 'party=coalesce(text(company), text(bank))' -a "stage=if(scheme == 'listing', text(stage), na)" \
		-a "due=if(scheme == 'listing', if($(call was_read,L3) == 1, 0, missing), $(B15_BY_RATIO))" \
		-c area,scheme,level,board,stage,party,sector,due,paid_cum=paid,paid_ytd $(into)

# --- the incentive: the base is the return of the month that refs/rates.tsv names; who has not filed stands with what was paid ---

B15_RATES := $(call reference,rates)
B15_BASE := $(shell awk -F'\t' 'NR == 1 { for (i = 1; i <= NF; i++) at[$$i] = i; next } \
	$$at["period"] == "$(MONTH)" { print $$at["incentive_base"] }' $(wildcard $(B15_RATES)) /dev/null)
B15_BASE_F1 := $(call archived,F1,$(B15_BASE))
B15_NOTHING_IN_BASE = $(if $(B15_BASE),$(call nothing_in,inclsm_base,$(B15_BASE)),-a 'inclsm_base=missing')
$(W)/base/incentives.tsv: $(W)/base/F1.tsv $(W)/clean/L5.tsv $(B15_BASE_F1) $(B15_RATES) $(W)/check/ledgers.tsv
	@$(TB)lookup -k $(KEY) -c inclsm=inclsm_base $(B15_BASE_F1) $< \
	| $(TB)lookup -k area,bank -c paid --outer <($(TB)aggregate -w "scheme == 'incentive'" -g area,bank -a 'paid=sum(paid_ytd)' $(W)/clean/L5.tsv) \
	| $(TB)lookup -k period -c incentive_rate,incentive_base=base_month $(B15_RATES) \
	| $(TB)derive -w 'incent_ytd > 0 or paid > 0' $(B15_NOTHING_IN_BASE) -a 'due=incentive_rate * max(inclsm - inclsm_base, 0) / 100' \
		-a "paid=coalesce(paid, if($(call was_read,L5) == 1, 0, missing))" -c area,bank,base_month,inclsm,inclsm_base,incentive_rate,due,paid $(into)

B15_AS_CLAIM = -a "scheme='incentive'" -a "level='upper'" -a "board=''" -a 'stage=na' -a "sector=''" -a 'paid_ytd=num(paid)'
$(W)/base/reward_claims.tsv: $(W)/base/entitled.tsv $(W)/base/reward_awards.tsv $(W)/base/incentives.tsv
	@$(TB)derive $(B15_AS_CLAIM) -c area,scheme,level,board,stage,bank=party,sector,due,paid,paid_ytd $(W)/base/incentives.tsv \
	| $(TB)derive $(W)/base/entitled.tsv $(W)/base/reward_awards.tsv - $(into)

# --- the tables ---

B15_SUMS = $(call sums,due paid paid_ytd) $(foreach l,city district,-a "paid_$l=sum(paid, when=level == '$l')") \
	-a 'firms_due=count_distinct(party, when=due > 0)' -a 'firms_paid=count_distinct(party, when=paid > 0)' \
	-a "firms_agri=count_distinct(party, when=paid > 0 and sector == 'agriculture')" -a "paid_agri=sum(paid, when=sector == 'agriculture')"
# A count of what could not be read is not zero.
B15_KNOWN = -a 'firms_due=if(is_missing(due), missing, firms_due)' $(foreach c,paid agri,-a 'firms_$c=if(is_missing(paid), missing, firms_$c)')
B15_PRINT = $(TB)derive $(B15_KNOWN) $(1) | $(call print,reward_difference reward_due reward_paid reward_ytd $(2)) -
B15_DUE = firms_due=firms,reward_due=due
B15_PAID = firms_paid=paid_firms,reward_paid=paid
B15_ITEMS = listing ipo neeq regional reform interest guarantee incentive

# The schemes of an area, the boards of its rewards for listing, and all together.
$(W)/exact/B15.tsv: $(W)/base/reward_claims.tsv
	@$(TB)aggregate -g area,scheme,board --cube --total area=全市 --total scheme=合计 --total board=合计 $(B15_SUMS) $< \
	| $(TB)derive -w "board == '合计' or (scheme == 'listing' and not is_missing(board))" \
		-a "item=if(board == '合计', text(scheme), text(board))" $(into)
$(W)/tables/B15.tsv: $(W)/exact/B15.tsv
	@$(call B15_PRINT,$<,reward_city reward_district reward_agri) | $(call area_names,) | $(TB)derive -a "item_order=$(call place_in,item,$(B15_ITEMS))" \
	| $(TB)rank --sort -k area_order:asc,item_order:asc | $(TB)derive -a 'area=coalesce(area_name, area)' \
		-c area,item,$(B15_DUE),$(B15_PAID),reward_city=city,reward_district=district,reward_ytd=ytd,reward_difference=difference,firms_agri=agri_firms,reward_agri=agri_paid $(into)

# A row a scheme or board, level and stage of which something is due or paid, then all of the area together.
B15_LEVELS = city district upper
$(W)/exact/B15b.tsv: $(W)/base/reward_claims.tsv
	@$(TB)derive -a 'item=coalesce(text(board), text(scheme))' $< \
	| $(TB)aggregate -g area,item,level,stage --cube --total area=全市 --total item=合计 --total level=合计 --total stage=合计 $(B15_SUMS) \
	| $(TB)derive -w "(item == '合计') == (level == '合计') and (level == '合计') == (coalesce(text(stage), '') == '合计')" $(into)
$(W)/tables/B15b.tsv: $(W)/exact/B15b.tsv
	@$(call B15_PRINT,$<,) | $(call area_names,) | $(TB)derive -a "item_order=$(call place_in,item,$(B15_ITEMS))" \
		-a "level_order=$(call place_in,level,$(B15_LEVELS))" -a "stage_order=$(call place_in,stage,$(B15_STAGES))" \
	| $(TB)rank --sort -k area_order:asc,item_order:asc,level_order:asc,stage_order:asc | $(TB)derive -a 'area=coalesce(area_name, area)' \
		-c area,item,level,stage,$(B15_DUE),$(B15_PAID),reward_ytd=ytd,reward_difference=difference $(into)

$(W)/exact/B15c.tsv: $(W)/base/incentives.tsv
	@$(TB)aggregate -g area,bank --rollup --total area=全市 --total bank=合计 $(call sums,inclsm inclsm_base due paid) \
		-a 'incentive_rate=max(incentive_rate)' -a 'base_month=max(text(base_month))' $< | $(TB)derive -w "area == '全市' or bank != '合计'" $(into)
$(W)/tables/B15c.tsv: $(W)/exact/B15c.tsv
	@$(call print,incentive_base incentive_inc incentive_now incentive_share reward_difference reward_due reward_paid) $< \
	| $(TB)lookup -k bank -c class $(REFS)/institutions.tsv \
	| $(TB)rank -k reward_paid -g class -w "bank != '合计'" -c class_rank | $(call banks_in_order,) \
		-c area,bank,base_month,incentive_base=base,incentive_now=now,incentive_inc=inc,incentive_share=rate,reward_due=due,reward_paid=paid,reward_difference=difference,class_rank $(into)

# A board that both levels reward has a row for both together.
B15_fixed = -a "$(1)=if(count(amount, when=stage == '$(1)') == 0, na, sum(amount, when=stage == '$(1)'))"
$(W)/exact/B15d.tsv: $(W)/base/reward_rules.tsv
	@$(TB)derive -w "$(call B15_in_force,'$(MONTH_END)')" -a 'item=coalesce(text(board), text(scheme))' $< \
	| $(TB)aggregate -g area,item,level --rollup --total level=合计 $(foreach s,$(B15_STAGES),$(call B15_fixed,$s)) \
		-a "total=if(count(amount) == 0, na, sum(amount))" -a 'ratio=if(count(ratio) == 0, na, max(ratio))' -a 'cap=if(count(cap) == 0, na, max(cap))' \
		-a 'levels=count_distinct(level)' -a 'fixed=count(amount)' -a 'since=max(text(valid_from))' \
	| $(TB)derive -w "not is_na(item) and (level != '合计' or (levels > 1 and fixed > 0))" \
		-a "since=if(level == '合计', na, text(since))" -c area,item,level,$(subst $() ,$(comma),$(B15_STAGES)),total,ratio,cap,since $(into)
$(W)/tables/B15d.tsv: $(W)/exact/B15d.tsv
	@$(call print,$(B15_STAGES:%=standard_%) standard_total standard_ratio standard_cap) $< | $(call area_names,) \
	| $(TB)derive -a "item_order=$(call place_in,item,$(B15_ITEMS))" -a "level_order=$(call place_in,level,$(B15_LEVELS))" \
	| $(TB)rank --sort -k area_order:asc,item_order:asc,level_order:asc | $(TB)derive -a 'area=coalesce(area_name, area)' \
		-c area,item,level,$(subst $() ,$(comma),$(foreach s,$(B15_STAGES),standard_$s=$s)),standard_total=total,standard_ratio=ratio,standard_cap=cap,since $(into)
