# B10 to B10d 政府性融资担保与农担: guarantees of the year, since they began and in force; the fee and the all-in cost, weighted by what is in
# force; the fund, and what it has brought forth (D24); compensation. By area, by scheme and area, by guarantor. A customer counts once in
# each scheme of a guarantor; B10e is what is laid down for the schemes.

$(call made,F3 institutions codes,B10 B10b B10c B10d)
$(call made,F3 guarantee_rules rates codes,B10e)

# A row without a fund has not been brought forth by one; the cost weighs where it is known.
$(W)/base/F3.tsv: $(W)/clean/F3.tsv $(call reference,institutions) | $(W)/base
	@$(TB)lookup -k guarantor=bank -c area=home $(call reference,institutions) $< \
	| $(TB)derive -a 'fund_cum=if(fund > 0, num(cum_amt), na)' -a 'cost_x=cost_avg * inforce_amt' \
		-a 'cost_base=if(is_na(cost_avg), na, num(inforce_amt))' -a 'over=if(is_na(comp_cap), 0, num(comp_amt * 100 > inforce_amt * comp_cap))' $(into)

GUARANTEED = new_n new_amt cum_n cum_amt inforce_n inforce_amt counter_n fee cost_x cost_base fund fund_cum subsidy_cum comp_amt over
GUARANTEE_MONEY = guar_new guar_cum guar_inforce
GUARANTEE_RATES = guar_avg guar_fee_rate guar_cost guar_leverage guar_comp_rate
guarantee_ranks = $(TB)rank -k guar_new:desc $(1) -w "area != '全市'" -c new_rank | $(TB)rank -k guar_cum:desc $(1) -w "area != '全市'" -c cum_rank
GUARANTEE_COLUMNS = new_n,guar_new=new_amt,new_rank,cum_n,guar_cum=cum_amt,cum_rank,inforce_n,guar_inforce=inforce_amt,guar_avg=inforce_avg
scheme_of_guarantee = $(TB)lookup -k scheme=code -c name_zh=scheme_name <($(TB)derive -w "table == 'guarantee'" -c code,name_zh $(call reference,codes))

$(W)/exact/B10.tsv: $(W)/base/F3.tsv
	@$(by_area) -a 'guarantors=count_distinct(guarantor)' -a 'local=count_distinct(guarantor, when=text(home) == text(area))' $(call sums,$(GUARANTEED)) $< $(into)
$(W)/tables/B10.tsv: $(W)/exact/B10.tsv
	@$(call print,$(GUARANTEE_RATES) $(GUARANTEE_MONEY)) $< | $(call guarantee_ranks,) | $(and_city) | $(areas_in_order) \
	| $(TB)derive -c area,guarantors,local,$(GUARANTEE_COLUMNS),guar_fee_rate=fee_rate,guar_cost=cost,fund,guar_leverage=leverage,guar_comp_rate=comp_rate $(into)

schemes_in_order = $(scheme_of_guarantee) | $(call area_names,) | $(TB)rank --sort -k scheme:text,area_order:asc \
	| $(TB)derive -a 'area=coalesce(area_name, area)' -a 'scheme=coalesce(scheme_name, scheme)'
$(W)/exact/B10b.tsv: $(W)/base/F3.tsv
	@$(TB)aggregate -g scheme,area --rollup --total area=全市 $(call sums,$(GUARANTEED)) $< | $(TB)derive -w 'not is_na(scheme)' $(into)
$(W)/exact/B10c.tsv: $(W)/exact/B10b.tsv
	@cat $< $(into)
$(W)/tables/B10b.tsv: $(W)/exact/B10b.tsv $(call reference,codes)
	@$(call print,guar_avg $(GUARANTEE_MONEY)) $< | $(call guarantee_ranks,-g scheme) | $(schemes_in_order) -c scheme,area,$(GUARANTEE_COLUMNS) $(into)
$(W)/tables/B10c.tsv: $(W)/exact/B10c.tsv $(call reference,codes)
	@$(call print,$(GUARANTEE_RATES) guar_counter) $< | $(schemes_in_order) \
		-c scheme,area,guar_fee_rate=fee_rate,guar_cost=cost,guar_counter=counter_share,fund,guar_leverage=leverage,subsidy_cum=subsidy,comp_amt,guar_comp_rate=comp_rate $(into)

# A guarantor that is not in the tables stands there with its state, in the area of its head office.
$(W)/exact/B10d.tsv: $(W)/base/F3.tsv
	@$(TB)aggregate -g area,guarantor --cube --total area=全市 --total guarantor=合计 -a 'schemes=count_distinct(scheme)' $(call sums,$(GUARANTEED)) $< \
	| $(TB)derive -w "guarantor != '合计' or area == '全市'" $(into)
$(W)/tables/B10d.tsv: $(W)/exact/B10d.tsv $(W)/check/filers.tsv $(call reference,institutions)
	@$(call print,$(GUARANTEE_RATES) $(GUARANTEE_MONEY)) $< \
	| $(TB)lookup -k guarantor=institution -c state,overridden --outer <($(TB)derive -w "return == 'F3' and state != 'superseded'" $(W)/check/filers.tsv) \
	| $(TB)lookup -k guarantor=bank -c order=guarantor_order,name_zh=guarantor_name,area=home $(call reference,institutions) \
	| $(TB)derive -a 'area=coalesce(area, home)' -a "state=if(num(overridden) == 1, 'overridden', state)" | $(call area_names,) \
	| $(TB)derive -a "place=coalesce(num(area_order), if(is_missing(area), 2000, 1000))" | $(TB)rank --sort -k place:asc,guarantor_order:asc \
	| $(TB)derive -a 'area=coalesce(area_name, area)' -a 'guarantor=coalesce(guarantor_name, guarantor)' \
		-c area,guarantor,schemes,new_n,guar_new=new_amt,cum_n,guar_cum=cum_amt,inforce_n,guar_inforce=inforce_amt,guar_avg=inforce_avg,fee,guar_fee_rate=fee_rate,guar_cost=cost,comp_amt,guar_comp_rate=comp_rate,over,state $(into)

GUARANTEE_TERMS = cost_cap comp_cap leverage_max limit
$(W)/exact/B10e.tsv: $(W)/views/guarantee_rules_now.tsv $(call reference,rates)
	@$(TB)derive -a "period='$(MONTH)'" $< | $(TB)lookup -k period -c fee_cap=general_cap $(call reference,rates) \
	| $(TB)derive -a 'fee_cap=if(is_missing(fee_cap) or num(general_cap) < num(fee_cap), num(general_cap), num(fee_cap))' \
		$(foreach c,$(GUARANTEE_TERMS) counter,-a '$(c)=if(is_missing($(c)), na, num($(c)))') \
		-c scheme,fee_cap,$(subst $() ,$(comma),$(GUARANTEE_TERMS)),counter,valid_from,basis $(into)
$(W)/tables/B10e.tsv: $(W)/exact/B10e.tsv $(call reference,codes)
	@$(scheme_of_guarantee) $< | $(TB)rank --sort -k scheme:text | $(TB)derive -a 'scheme=coalesce(scheme_name, scheme)' \
		-c scheme,fee_cap,$(subst $() ,$(comma),$(GUARANTEE_TERMS)),counter,valid_from,basis $(into)
