# B08 产业链融资与联合授信表 (T4, L2): host banks and what the schemes that go by chain do for its firms, by area and chain
# B08b 制度要求与落实情况表: what the areas have laid down (service_rules), and how far it is met
# B08c 供应链融资情况表 (F1, L2, T5): supply-chain balance, core firms, those up and down from them (D38, D39), the platform (F4)

$(call made,L2 companies roles chains,B08)
$(call made,L2 companies roles chains service_rules branches,B08b)
$(call made,F1 L2 companies roles branches,B08c)

BY_CHAIN = -w 'by_chain == 1 and not is_na(chain)'
AREA_CHAIN = area,chain
CHAIN_TOTALS = --total area=全市 --total chain=合计
$(W)/exact/B08.tsv: $(W)/base/L2.tsv $(call reference,chains) $(W)/check/ledgers.tsv
	@$(TB)aggregate $(BY_CHAIN) -g area,chain --cube $(CHAIN_TOTALS) -a "host_banks=count_distinct(bank, when=role == 'host')" $(SERVICE) $< \
	| $(TB)lookup -k area,chain --fill 0 <($(call pairs,$(AREA_CHAIN),$(CHAIN_TOTALS),$(BY_CHAIN)) | $(TB)aggregate -g area,chain $(call sums,$(AMOUNTS))) - \
	| $(call if_read,L2,-) \
	| $(TB)lookup -k area,chain --outer <($(TB)aggregate -g area,chain --cube $(CHAIN_TOTALS) -a 'officers=count(specialist)' $(call reference,chains)) \
	| $(TB)derive -c area,chain,officers,host_banks,people,firms,contacted,firms_solved,$(AMOUNT_LIST) $(into)
$(W)/tables/B08.tsv: $(W)/exact/B08.tsv $(call reference,chains) $(call reference,codes)
	@$(call print,contact_rate utilisation solved credit used balance) $< | $(TB)lookup -k area,chain -c class $(call reference,chains) \
	| $(call coded,chain) | $(call area_names,) | $(TB)derive -a "total=num(chain == '合计')" | $(TB)rank --sort -k area_order:asc,total:asc,chain:text \
	| $(TB)derive -a 'area=coalesce(area_name, area)' -a 'chain=coalesce(chain_name, chain)' -a 'class=if(is_missing(class), na, text(class))' \
		-a 'officers=coalesce(num(officers), na)' -c area,chain,class,host_banks,people,officers,firms,contacted,contact_rate,credit,used,utilisation,balance $(into)

# A rule is printed beside what it is held against; an area without the rule has neither.
B08B_COLUMNS = area chains chains_main chains_good chains_other hosts_per_chain officers_per_chain chains_met host_banks people \
	specialists_min specialists_max banks_met staff_min banks_min targets covered care_coverage=coverage
RULES_OF = $(TB)derive -w "scheme == '$(1)'" $(W)/views/service_rules_now.tsv
TARGET = target=if($(1) == 'bank', text(bank), if($(1) == 'chain', text(chain), text(company)))
$(W)/base/chains_met.tsv: $(call reference,chains) $(W)/views/service_rules_now.tsv | $(W)/base
	@$(TB)lookup -k area -c hosts_per_chain,officers_per_chain <($(call RULES_OF,host)) $< \
	| $(TB)derive -a 'hosts=num(not is_missing(host_bank_1)) + num(not is_missing(host_bank_2)) + num(not is_missing(host_bank_3))' \
		-a 'officers=num(not is_missing(specialist))' -a 'ruled=num(not (is_missing(hosts_per_chain) and is_missing(officers_per_chain)))' \
		-a 'met=num(hosts == coalesce(num(hosts_per_chain), hosts) and officers == coalesce(num(officers_per_chain), officers))' \
	| $(by_area) -a 'chains=count_distinct(chain)' -a "chains_main=count(when=class == '主导')" -a "chains_good=count(when=class == '优势')" \
		-a "chains_other=count(when=class not in ('主导', '优势'))" -a 'ruled=sum(ruled)' -a 'chains_met=sum(met, when=ruled == 1)' $(into)
$(W)/base/hosts_met.tsv: $(W)/base/L2.tsv $(W)/views/service_rules_now.tsv $(W)/check/ledgers.tsv | $(W)/base
	@$(TB)derive -w "scheme == 'host'" $< | $(TB)lookup -k area -c specialists_min,specialists_max <($(call RULES_OF,host)) \
	| $(by_area) -a 'host_banks=count_distinct(bank)' -a 'people=sum(people)' -a 'people_ruled=count(specialists_min)' \
		-a 'banks_met=count_distinct(bank, when=between(num(specialist_n), num(specialists_min), num(specialists_max)))' | $(call if_read,L2,-) $(into)
$(W)/base/covered.tsv: $(W)/views/targets.tsv $(W)/base/L2.tsv $(W)/views/service_rules_now.tsv $(W)/check/ledgers.tsv | $(W)/base
	@$(TB)derive -a "$(call TARGET,kind)" $< | $(TB)lookup -k area -c staff_min,banks_min <($(call RULES_OF,contact)) \
	| $(TB)lookup -k area,kind=role,target -c people,banks <($(TB)derive -w "scheme == 'contact'" -a "$(call TARGET,role)" $(W)/base/L2.tsv \
		| $(TB)aggregate -g area,role,target -a 'people=max(specialist_n)' -a 'banks=count_distinct(bank)') \
	| $(by_area) -a 'targets=count()' -a 'covered=count(when=num(people) >= coalesce(num(staff_min), 0) and num(banks) >= coalesce(num(banks_min), 0))' \
	| $(TB)derive -a "covered=if($(call was_read,L2) == 1, num(covered), missing)" $(into)
$(W)/exact/B08b.tsv: $(W)/base/chains_met.tsv $(W)/base/hosts_met.tsv $(W)/base/covered.tsv $(W)/views/service_rules_now.tsv $(REFS)/areas.tsv
	@{ $(TB)derive -c area $(REFS)/areas.tsv; echo 全市; } | $(TB)lookup -k area $(W)/base/chains_met.tsv | $(TB)lookup -k area $(W)/base/hosts_met.tsv \
	| $(TB)lookup -k area -c hosts_per_chain,officers_per_chain,specialists_min,specialists_max <($(call RULES_OF,host)) \
	| $(TB)lookup -k area $(W)/base/covered.tsv | $(TB)lookup -k area -c staff_min,banks_min <($(call RULES_OF,contact)) \
	| $(TB)derive $(foreach c,chains chains_main chains_good chains_other targets,-a '$(c)=coalesce(num($(c)), 0)') \
		$(foreach c,hosts_per_chain officers_per_chain specialists_min specialists_max staff_min banks_min,-a '$(c)=coalesce(num($(c)), na)') \
		$(foreach c,chains_main chains_good chains_other,-a "$(c)=if(area == '全市', na, num($(c)))") \
		-a 'chains_met=if(coalesce(num(ruled), 0) == 0, na, num(chains_met))' -a 'banks_met=if(num(people_ruled) == 0, na, num(banks_met))' \
		-a 'covered=if(num(targets) == 0, na, num(covered))' $(into)
$(W)/tables/B08b.tsv: $(W)/exact/B08b.tsv
	@$(call print,care_coverage) $< | $(areas_in_order) | $(TB)derive -c $(subst $() ,$(comma),$(B08B_COLUMNS)) $(into)

B08C_COLUMNS = area scf scf_inc supply_banks core_listed core_firms core_balance core_top core_share links links_served links_rate \
	ledger_balance requests requests_solved resolution_rate platform_banks platform_rate platform_firms
# What banks report of the receivables platform stands in F4, where the bureau receives it; where no bank has filed it, nothing is known of it.
PLATFORM = $(if $(filter F4,$(RETURN_KINDS)),$(by_area) -a 'platform_banks=count_distinct(bank, when=num(platform_joined) == 1)' -a 'platform_firms=sum(platform_firms)' -a 'branches=count()' \
	$(W)/clean/F4.tsv | $(TB)derive -w 'branches > 0' -c area$(comma)platform_banks$(comma)platform_firms,printf 'area\tplatform_banks\tplatform_firms\n')
AREA_ROLE = area,role
WHITELIST = contains(concat('|', coalesce(tags, ''), '|'), '|白名单|')
$(W)/base/supply.tsv: $(W)/base/L2.tsv $(W)/check/ledgers.tsv | $(W)/base
	@$(TB)derive -w "scheme == 'supply'" $< | $(by_area) -a 'supply_banks=count_distinct(bank)' -a "core_firms=count_distinct(company, when=role == 'core')" \
		-a "links=count_distinct(company, when=role != 'core')" -a "links_served=count_distinct(company, when=role != 'core' and num(balance) > 0)" \
		-a 'requests=sum(requests_n)' -a 'requests_solved=sum(solved_n)' \
	| $(TB)lookup -k area <($(call pairs,$(AREA_ROLE),--total area=全市 --total role=合计,-w "scheme == 'supply'") \
		| $(TB)aggregate -g $(AREA_ROLE),company -a 'balance=sum(balance)' \
		| $(TB)aggregate -g area -a "ledger_balance=sum(balance, when=role == '合计')" -a "core_balance=sum(balance, when=role == 'core')" \
			-a "core_top=max(balance, when=role == 'core')") - | $(call if_read,L2,-) $(into)
$(W)/exact/B08c.tsv: $(W)/base/F1.tsv $(W)/base/supply.tsv $(call reference,companies) $(W)/views/banks_now.tsv $(if $(filter F4,$(RETURN_KINDS)),$(W)/clean/F4.tsv)
	@{ $(TB)derive -c area $(REFS)/areas.tsv; echo 全市; } | $(TB)lookup -k area <($(by_area) $(call both,scf) $<) \
	| $(TB)lookup -k area <($(by_area) -w "$(WHITELIST)" -a 'core_listed=count()' $(call reference,companies)) \
	| $(TB)lookup -k area <($(by_area) -a 'platform_target=count_distinct(bank)' $(W)/views/banks_now.tsv) \
	| $(TB)lookup -k area <($(PLATFORM)) | $(TB)lookup -k area $(W)/base/supply.tsv | $(TB)derive -a 'core_listed=coalesce(num(core_listed), 0)' $(into)
$(W)/tables/B08c.tsv: $(W)/exact/B08c.tsv
	@$(call print,core_share links_rate resolution_rate platform_rate scf_inc scf core_balance core_top ledger_balance) $< | $(areas_in_order) \
	| $(TB)derive -c $(subst $() ,$(comma),$(B08C_COLUMNS)) $(into)
