# B06 银企对接签约项目进度表; a signed project not fully paid is open, and ages from the day of its event

$(call made,L1,B06 B06b)

B06_SUMS = -a 'events=count_distinct(event)' -a 'projects=count()' -a 'firms=count_distinct(company)' \
	$(foreach c,invest demand signed credit paid,-a '$(c)=sum($(c), missing=skip)') \
	-a "ind_projects=count(when=sector == 'industry')" -a "ind_credit=sum(credit, missing=skip, when=sector == 'industry')" \
	-a "ind_paid=sum(paid, missing=skip, when=sector == 'industry')" -a "landed=count(when=num(landed) == 1)" \
	-a "open_30=count(when=coalesce(num(paid), 0) < num(signed) and days(event_date, '$(MONTH_END)') > 30)" \
	-a "open_90=count(when=coalesce(num(paid), 0) < num(signed) and days(event_date, '$(MONTH_END)') > 90)"
B06_PRINT = $(call print,credit_rate paid_rate invest demand signed credit paid ind_credit ind_paid) $(1)
B06_COLUMNS = events,projects,firms,invest,demand,signed,credit,credit_rate,paid,paid_rate,ind_projects,ind_credit,ind_paid,landed,open_30,open_90

$(W)/exact/B06.tsv: $(W)/clean/L1.tsv
	@$(by_area) $(B06_SUMS) $< $(into)
$(W)/exact/B06b.tsv: $(W)/clean/L1.tsv
	@$(by_bank) $(B06_SUMS) $< $(into)
$(W)/tables/B06.tsv: $(W)/exact/B06.tsv $(W)/check/ledgers.tsv
	@$(call if_read,L1,$<) | $(call B06_PRINT,-) | $(call ranked,paid_rate,desc,paid_rank) \
	| $(TB)lookup -k area --outer <(printf 'area\n全市\n') | $(areas_in_order) | $(TB)derive -c area,$(B06_COLUMNS),paid_rank $(into)
$(W)/tables/B06b.tsv: $(W)/exact/B06b.tsv $(W)/check/ledgers.tsv
	@$(call if_read,L1,$<) | $(call B06_PRINT,-) | $(bank_in_order) -c bank,$(B06_COLUMNS) $(into)
