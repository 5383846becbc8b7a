# B06 银企对接签约项目进度表: from recommended to signed, credited and paid (D15, D16), by area and by bank. A project that was
# recommended and not signed counts in recommended, invest and demand alone.
# B06c 落地与放款时效: landing (D39), credit without disbursement by its age (D19), projects not paid in full since their event
# B06d: every signed project that is not drawn in full, with the issues that are open about it (L13)

$(call made,L1,B06 B06b B06c)
$(call made,L1 L13 companies,B06d)

B06_SIGNED = status != 'recommended'
B06_OPEN = coalesce(num(paid), 0) < num(signed) and days(event_date, '$(MONTH_END)')
B06_WAITING = num(credit) > 0 and coalesce(num(paid), 0) <= 0
B06_WAITED = $(B06_WAITING) and days(credit_date, '$(MONTH_END)')
B06_SUMS = -a 'events=count_distinct(event)' -a 'recommended=count()' -a "projects=count(when=$(B06_SIGNED))" \
	-a "firms=count_distinct(company, when=$(B06_SIGNED))" $(foreach c,invest demand signed approved credit paid,-a '$(c)=sum($(c), missing=skip)') \
	-a 'credited_n=count(when=num(credit) > 0)' -a 'paid_n=count(when=num(paid) > 0)' \
	-a "ind_projects=count(when=sector == 'industry' and $(B06_SIGNED))" $(foreach c,credit paid,-a "ind_$(c)=sum($(c), missing=skip, when=sector == 'industry')") \
	-a 'planned=count(when=num(planned) == 1)' -a 'landed=count(when=num(landed) == 1)' \
	-a 'waiting_n=count(when=$(B06_WAITING))' -a 'waiting=sum(credit, missing=skip, when=$(B06_WAITING))' \
	-a "waiting_days=max(days(credit_date, '$(MONTH_END)'), when=$(B06_WAITING))" \
	$(foreach n,30 90,-a "wait_$(n)=count(when=$(B06_WAITED) > $(n))" -a "open_$(n)=count(when=$(B06_OPEN) > $(n))")
B06_PRINT = $(call print,credit_rate paid_rate draw_rate landing_rate invest demand signed credit paid ind_credit ind_paid waiting) $(1)
B06_COLUMNS = projects,firms,signed,credited_n,credit,credit_rate,paid_n,paid,paid_rate
B06_INDUSTRY = ind_projects,ind_credit,ind_paid
B06_AGES = waiting_n,waiting,waiting_days,wait_30,wait_90,open_30,open_90

$(W)/exact/B06.tsv $(W)/exact/B06c.tsv: $(W)/clean/L1.tsv
	@$(by_area) $(B06_SUMS) $< $(into)
$(W)/exact/B06b.tsv: $(W)/clean/L1.tsv
	@$(by_bank) $(B06_SUMS) $< $(into)
B06_BY_AREA = $(call if_read,L1,$<) | $(call B06_PRINT,-) | $(call ranked,paid_rate,desc,paid_rank) | $(and_city) | $(areas_in_order)
$(W)/tables/B06.tsv: $(W)/exact/B06.tsv $(W)/check/ledgers.tsv
	@$(B06_BY_AREA) | $(TB)derive -c area,events,recommended,invest,demand,$(B06_COLUMNS),paid_rank,$(B06_INDUSTRY) $(into)
$(W)/tables/B06b.tsv: $(W)/exact/B06b.tsv $(W)/check/ledgers.tsv
	@$(call if_read,L1,$<) | $(call B06_PRINT,-) | $(bank_in_order) \
	| $(TB)derive -c bank,recommended,projects,firms,signed,credit,credit_rate,paid,paid_rate,draw_rate,$(B06_INDUSTRY),waiting_n,waiting,waiting_days,open_30,open_90 $(into)
$(W)/tables/B06c.tsv: $(W)/exact/B06c.tsv $(W)/check/ledgers.tsv
	@$(B06_BY_AREA) | $(TB)derive -c area,projects,planned,landed,landing_rate,draw_rate,$(B06_AGES) $(into)

# The least drawn first, within the area.
$(W)/exact/B06d.tsv: $(W)/clean/L1.tsv $(W)/clean/L13.tsv $(W)/check/ledgers.tsv
	@$(TB)derive -w "$(B06_SIGNED) and coalesce(num(paid), 0) < num(approved)" -a "credit_days=days(credit_date, '$(MONTH_END)')" $< \
	| $(TB)lookup -k project -c issues,issue_days <($(call issues_by,project) $(W)/clean/L13.tsv) \
	| $(TB)derive -a "issues=if($(call was_read,L13) == 1, coalesce(num(issues), 0), missing)" \
		-a 'issue_days=if(num(issues) == 0, na, num(issue_days))' \
		-c area,project,company,bank,signed,approved,paid,credit_date,credit_days,issues,issue_days $(into)
$(W)/tables/B06d.tsv: $(W)/exact/B06d.tsv $(call reference,companies)
	@$(call print,draw_rate signed approved paid) $< | $(call named,company) \
	| $(call area_names,) | $(bank_names) | $(TB)rank --sort -k area_order:asc,draw_rate:asc,credit_days:desc,project:text \
	| $(TB)derive -a 'area=coalesce(area_name, area)' -a 'bank=coalesce(bank_name, bank)' -a 'company=coalesce(company_name, company)' \
		-c area,project,company,bank,signed,approved,paid,draw_rate,credit_date,credit_days,issues,issue_days $(into)
