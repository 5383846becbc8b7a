# B05c to B05e 风险贷款与逃废债: what has been disposed of since the ledger began, by method; debt evasion; and the loans still at
# risk, aged by the days that they are overdue at the end of the month

$(call made,L7,B05c B05d B05e)

METHODS = cash woff xfer rest
$(W)/exact/B05c.tsv: $(W)/clean/L7.tsv $(W)/check/ledgers.tsv
	@$(by_area_and_bank) -w "status == 'closed'" -a 'firms=count_distinct(company)' \
		$(foreach m,$(METHODS),-a "$(m)=sum(amount, when=method == '$(m)')") \
		-a "woff_firms=count_distinct(company, when=method == 'woff')" $< | $(call if_read,L7,-) $(into)
$(W)/tables/B05c.tsv: $(W)/exact/B05c.tsv
	@$(call print,cum_total $(METHODS:%=cum_%)) $< | $(banks_in_order) \
	| $(TB)derive -c area,bank,firms,cum_cash=cash,cum_woff=woff,woff_firms,cum_xfer=xfer,cum_rest=rest,cum_total=total $(into)

# The columns of B05d and B05e, each with the loans that it adds up.
EVASION = kind == 'evasion'
AT_RISK = status != 'closed'
RISK_AMOUNTS = ev_amount ev_closed risk age_0 age_30 age_90 age_360 age_more
RISK_SUMS = -a "ev_firms=count_distinct(company, when=$(EVASION))" -a "ev_acted=count_distinct(company, when=$(EVASION) and status != 'open')" \
	-a "ev_amount=sum(amount, when=$(EVASION))" -a "ev_closed=sum(amount, when=$(EVASION) and status == 'closed')" \
	-a "risk_firms=count_distinct(company, when=$(AT_RISK))" -a "risk=sum(amount, when=$(AT_RISK))" \
	-a "age_0=sum(amount, when=$(AT_RISK) and overdue_days == 0)" -a "age_30=sum(amount, when=$(AT_RISK) and between(overdue_days, 1, 30))" \
	-a "age_90=sum(amount, when=$(AT_RISK) and between(overdue_days, 31, 90))" \
	-a "age_360=sum(amount, when=$(AT_RISK) and between(overdue_days, 91, 360))" -a "age_more=sum(amount, when=$(AT_RISK) and overdue_days > 360)"
RISK_COLUMNS = ev_firms,ev_acted,ev_amount,ev_closed,risk_firms,risk,age_0,age_30,age_90,age_360,age_more,over_90

$(W)/exact/B05d.tsv: $(W)/clean/L7.tsv $(W)/check/ledgers.tsv
	@$(by_area) $(RISK_SUMS) $< | $(call every_area,L7,risk_firms ev_firms ev_acted $(RISK_AMOUNTS)) $(into)
$(W)/exact/B05e.tsv: $(W)/clean/L7.tsv $(W)/check/ledgers.tsv
	@$(by_bank) $(RISK_SUMS) $< | $(call if_read,L7,-) $(into)
$(W)/tables/B05d.tsv: $(W)/exact/B05d.tsv
	@$(call print,over_90 $(RISK_AMOUNTS)) $< | $(and_city) | $(areas_in_order) | $(TB)derive -c area,$(RISK_COLUMNS) $(into)
$(W)/tables/B05e.tsv: $(W)/exact/B05e.tsv
	@$(call print,over_90 $(RISK_AMOUNTS)) $< | $(bank_in_order) -c bank,$(RISK_COLUMNS) $(into)
