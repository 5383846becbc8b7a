# Tables for the cards that are made of the references, as they stand in the month; a card names one as it names a reference.
#
#   service_rules_now   what the areas have laid down that is in force
#   project_duty        of it, who must look after a key project
#   banks_now           the banks of each area that are in business
#   hosts               the host banks of each chain, a row each
#   targets             whom the contact scheme (包保) must cover, where it is laid down: banks, chains, reserve firms
#   guarantee_rules_now, grade_rules_now   what is in force of what is laid down for guarantees, and for grades
#   farmer_caps         of the latter, the most that a bank grants a farmer

VIEWS = service_rules_now project_duty banks_now hosts targets guarantee_rules_now grade_rules_now farmer_caps
VIEW_FILES := $(VIEWS:%=$(W)/views/%.tsv)
VIEW_TABLES := $(foreach v,$(VIEWS),$v=$(W)/views/$v.tsv)
$(VIEW_FILES): $(RULES)/views.mk $(W)/references.checked | $(W)/views

$(W)/views/service_rules_now.tsv: $(call reference,service_rules)
	@$(TB)derive -w "text(valid_from) <= '$(MONTH)' and (is_missing(valid_to) or text(valid_to) >= '$(MONTH)')" $< $(into)
$(W)/views/project_duty.tsv: $(W)/views/service_rules_now.tsv
	@$(TB)derive -w "scheme == 'project'" $< $(into)

$(W)/views/banks_now.tsv: $(call reference,branches) $(call reference,institutions)
	@$(TB)lookup -k bank -c active_to $(call reference,institutions) $< \
	| $(TB)derive -w "is_missing(active_to) or period(active_to) >= '$(MONTH)'" -c area,bank $(into)

host = <($(TB)derive -w 'not is_missing(host_bank_$(1))' -c area,chain,host_bank_$(1)=bank,lead_bank $<)
$(W)/views/hosts.tsv: $(call reference,chains)
	@$(TB)derive $(foreach n,1 2 3,$(call host,$n)) $(into)

target = <($(TB)lookup -k area -x <($(TB)derive -w "scheme == 'contact'" $<) $(1) | $(TB)derive $(2) -c area,kind,bank,chain,company)
listed = contains(concat('|', tags, '|'), '|$(1)|')
$(W)/views/targets.tsv: $(W)/views/service_rules_now.tsv $(W)/views/banks_now.tsv $(call reference,chains) $(call reference,companies)
	@$(TB)derive \
		$(call target,$(W)/views/banks_now.tsv,-a "kind='bank'" -a chain=na -a company=na) \
		$(call target,$(call reference,chains),-a "kind='chain'" -a bank=na -a company=na) \
		$(call target,$(call reference,companies),-w "$(call listed,后备)" -a "kind='firm'" -a bank=na -a chain=na) $(into)

$(W)/views/guarantee_rules_now.tsv $(W)/views/grade_rules_now.tsv: $(W)/views/%_now.tsv: $$(call reference,$$*)
	@$(TB)derive -w "text(valid_from) <= '$(MONTH)' and (is_missing(valid_to) or text(valid_to) >= '$(MONTH)')" $< $(into)
$(W)/views/farmer_caps.tsv: $(W)/views/grade_rules_now.tsv
	@$(TB)aggregate -w "type == 'farmer'" -g bank -a 'cap=max(cap)' $< $(into)
