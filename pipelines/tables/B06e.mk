# B06e 重点项目要素保障表 (L15): financing demand, credit handled, landing (D39), factors short, the people a project must have
# B06f 问题台账 (L13): issues raised and closed by kind (D30), and the ages of those that are open

$(call made,L15,B06e)
$(call made,L13,B06f)

FACTORS = land energy finance other
$(W)/exact/B06e.tsv: $(W)/clean/L15.tsv $(W)/views/project_duty.tsv
	@$(TB)lookup -k area -c staff_min,local_min,liaison_min $(W)/views/project_duty.tsv $< \
	| $(by_area) -a 'projects=count()' $(call sums,invest demand credit paid) -a 'demand_n=count(when=num(demand) > 0)' \
		-a 'credited_n=count(when=num(credit) > 0)' -a 'paid_n=count(when=num(paid) > 0)' -a 'planned=count(planned)' -a 'landed=count(landed)' \
		$(foreach f,$(FACTORS),-a 'short_$(f)=count(when=num(short_$(f)) == 1)') -a 'short=count(when=$(subst $() , or ,$(foreach f,$(FACTORS),num(short_$f)==1)))' \
		-a 'targets=count(staff_min)' -a 'covered=count(when=leader_n >= staff_min and local_n >= local_min and liaison_n >= liaison_min)' $(into)
$(W)/tables/B06e.tsv: $(W)/exact/B06e.tsv $(W)/check/ledgers.tsv
	@$(call if_read,L15,$<) | $(TB)derive -a 'covered=if(num(targets) == 0, na, num(covered))' | $(call print,landing_rate care_coverage demand credit paid) \
	| $(and_city) | $(areas_in_order) \
	| $(TB)derive -c area,projects,demand_n,demand,credited_n,credit,paid_n,paid,planned,landed,landing_rate,short,$(subst $() ,$(comma),$(FACTORS:%=short_%)),covered,care_coverage=coverage $(into)

AGE = days(raised, '$(MONTH_END)')
issues_by = $(TB)aggregate -w 'is_missing(closed)' -g $(1) -a 'issues=count()' -a "issue_days=max($(AGE))"
$(W)/exact/B06f.tsv: $(W)/clean/L13.tsv
	@$(TB)aggregate -g area,kind --cube --total area=全市 --total kind=合计 -a 'requests=count()' -a 'requests_solved=count(closed)' \
		-a 'open=count(when=is_missing(closed))' -a 'overdue=count(when=is_missing(closed) and text(due) < "$(MONTH_END)")' \
		$(foreach n,30 90,-a "open_$(n)=count(when=is_missing(closed) and $(AGE) > $(n))") \
		-a "issue_days=max($(AGE), when=is_missing(closed))" $< $(into)
$(W)/tables/B06f.tsv: $(W)/exact/B06f.tsv $(W)/check/ledgers.tsv
	@$(call if_read,L13,$<) | $(call print,resolution_rate) \
	| $(TB)lookup -k area,kind --outer <($(TB)derive -a "kind='合计'" -c area,kind $(REFS)/areas.tsv; printf '全市\t合计\n') | $(call area_names,) \
	| $(call in_words,kind,issue_kinds) | $(TB)rank --sort -k area_order:asc,kind_order:asc \
	| $(TB)derive -a 'area=coalesce(area_name, area)' -a 'kind=coalesce(kind_name, kind)' \
		-c area,kind,requests=raised,requests_solved=closed,resolution_rate,open,issue_days,open_30,open_90,overdue $(into)
