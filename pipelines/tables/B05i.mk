# B05i, B05j 国有资本投融资及担保合规: the deals of the state capital operators, and row by row those against the rules: without an
# approval number, or with a state-owned guarantor where no meeting of the county government made an exception. Another
# operator of the ledger is state-owned, whatever its row says; two that guarantee each other are mutual (互保).

$(call made,L12,B05i B05j)

$(W)/base/L12.tsv: $(W)/clean/L12.tsv $(W)/check/ledgers.tsv | $(W)/base
	@$(TB)lookup -k guarantor=operator -c deals=operates <($(TB)aggregate -g operator -a 'deals=count()' $<) $< \
	| $(TB)lookup -k operator=guarantor,guarantor=operator -c deals=returned <($(TB)aggregate -g operator,guarantor -a 'deals=count()' $<) \
	| $(TB)derive -a 'no_approval=if(is_missing(approval_no), 1, 0)' \
		-a 'state_owned=if(coalesce(num(guarantor_state_owned), 0) == 1 or not is_missing(operates), 1, 0)' \
		-a 'excepted=if(state_owned == 1 and not is_missing(exception_no), 1, 0)' -a 'state_guarantor=state_owned - excepted' \
		-a 'mutual=if(state_guarantor == 1 and not is_missing(returned), 1, 0)' -a 'violation=max(no_approval, state_guarantor)' \
	| $(call if_read,L12,-) $(into)

BREACHES = no_approval state_guarantor mutual
DEAL_MONEY = deal_amount deal_financing deal_guarantee deal_violation
$(W)/exact/B05i.tsv: $(W)/base/L12.tsv $(W)/check/ledgers.tsv
	@$(by_area) -a 'deals=count()' -a "financing_n=count(when=kind == 'financing')" -a "guarantee_n=count(when=kind == 'guarantee')" \
		-a 'deal_amount=sum(amount)' -a "deal_financing=sum(amount, when=kind == 'financing')" -a "deal_guarantee=sum(amount, when=kind == 'guarantee')" \
		$(call sums,$(BREACHES) excepted) -a 'violations=sum(violation)' -a 'deal_violation=sum(amount, when=violation == 1)' $< \
	| $(call every_area,L12,deals financing_n guarantee_n $(BREACHES) excepted violations $(DEAL_MONEY)) $(into)
$(W)/exact/B05j.tsv: $(W)/base/L12.tsv
	@$(TB)derive -w 'violation == 1' -c id,area,operator,date,kind,bank,amount,guarantor,approval_no,$(subst $() ,$(comma),$(BREACHES)) $< $(into)

$(W)/tables/B05i.tsv: $(W)/exact/B05i.tsv
	@$(call print,$(DEAL_MONEY)) $< | $(and_city) | $(areas_in_order) \
	| $(TB)derive -c area,deals,deal_amount=amount,financing_n,deal_financing=financing,guarantee_n,deal_guarantee=guarantee,no_approval,state_guarantor,mutual,violations,deal_violation=violation_amount,excepted $(into)
$(W)/tables/B05j.tsv: $(W)/exact/B05j.tsv
	@$(call print,debt_amount) $< | $(call named,operator) | $(call named,guarantor) | $(call area_names,) | $(bank_names) \
	| $(TB)rank --sort -k area_order:asc,date:text,id:text \
	| $(TB)derive -c area_name=area,operator_name=operator,date,kind,bank_name=bank,debt_amount=amount,guarantor_name=guarantor,approval_no,no_approval,state_guarantor,mutual $(into)
