# B07 金融辅导、金融管家与主办银行服务表 (L2), by area and scheme; B07b by class of firm, B07c by bank, B07d by team.
#
# Firms, banks and teams are counted once in every row and every total. Amounts are those of a firm with a bank: where
# teams or schemes state the same firm with the same bank, the largest stands for all, because it is one credit. The
# people of teams are a register and are not added up over schemes. A team without a firm has zero of everything.

$(call made,L2 companies roles,B07 B07b B07c B07d)

# The rows of L2 with what the tables ask of them: how many schemes serve the firm, whether the scheme goes by chain, the
# people of teams (those who look after an object of the contact scheme are no team's).
$(W)/base/L2.tsv: $(W)/clean/L2.tsv $(call spec,schemes.tsv) | $(W)/base
	@$(TB)lookup -k scheme -c by_chain <(grep -v '^\#' $(call spec,schemes.tsv)) $< \
	| $(TB)lookup -k company -c schemes <($(TB)aggregate -w 'not is_na(company)' -g company -a 'schemes=count_distinct(scheme)' $<) - \
	| $(TB)derive -a "people=if(scheme == 'contact', na, num(specialist_n))" $(into)

SERVICE = -a 'banks=count_distinct(bank)' -a 'teams=count_distinct(scheme, team)' -a 'people=sum(people)' -a 'firms=count_distinct(company)' \
	-a 'shared=count_distinct(company, when=num(schemes) > 1)' -a 'contacted=count_distinct(company, when=num(contacted) == 1)' \
	-a 'requests=if(count(company) == 0, 0, sum(requests_n))' -a 'requests_solved=if(count(company) == 0, 0, sum(solved_n))' \
	-a 'visits=if(count(company) == 0, 0, sum(visits_n))' \
	-a 'firms_solved=if(count(company) > 0 and is_na(sum(solved)), na, count_distinct(company, when=num(solved) > 0))'
SERVICE_COLUMNS = people,firms,contacted,contact_rate,requests,requests_solved,resolution_rate,firms_solved,solved,balance,visits
SERVICE_PRINT = $(call print,contact_rate resolution_rate utilisation solved credit used balance)
AMOUNTS = credit used balance demand solved
AMOUNT_LIST = $(subst $() ,$(comma),$(AMOUNTS))
# The amounts of every firm with every bank by the columns $(1) and their totals $(2), once each; $(3) chooses rows.
pairs = $(TB)aggregate -w 'not is_na(company)' $(3) -g $(1),company,bank --cube $(2) $(foreach c,$(AMOUNTS),-a '$(c)=max($(c))') $(W)/base/L2.tsv \
	| $(TB)derive -w 'not (is_na(company) or is_na(bank))'
AREA_SCHEME = area,scheme
AREA_SCHEME_CLASS = area,scheme,class
TOTALS = --total area=全市 --total scheme=合计
scheme_in_words = $(call in_words,scheme,schemes)

$(W)/exact/B07.tsv: $(W)/base/L2.tsv
	@$(TB)aggregate -g area,scheme --cube $(TOTALS) $(SERVICE) $< \
	| $(TB)lookup -k area,scheme --fill 0 <($(call pairs,$(AREA_SCHEME),$(TOTALS)) | $(TB)aggregate -g area,scheme $(call sums,$(AMOUNTS))) - \
	| $(TB)derive -a "people=if(scheme == '合计', na, num(people))" $(into)
$(W)/tables/B07.tsv: $(W)/exact/B07.tsv $(W)/check/ledgers.tsv
	@$(call if_read,L2,$<) | $(SERVICE_PRINT) - \
	| $(TB)lookup -k area,scheme --outer <($(TB)derive -a "scheme='合计'" -c area,scheme $(REFS)/areas.tsv; printf '全市\t合计\n') \
	| $(call area_names,) | $(scheme_in_words) | $(TB)rank --sort -k area_order:asc,scheme_order:asc \
	| $(TB)derive -a 'area=coalesce(area_name, area)' -a 'scheme=coalesce(scheme_name, scheme)' \
		-c area,scheme,banks,teams,people,firms,shared,contacted,contact_rate,requests,requests_solved,resolution_rate,firms_solved,solved,balance,visits $(into)

# By class of firm, beside the firms that stand on its list (classes.tsv); the city's row of a class is over all schemes.
$(W)/base/classes.tsv: $(call reference,companies) $(call spec,classes.tsv) | $(W)/base
	@grep -v '^#' $(call spec,classes.tsv) | $(TB)derive -w 'not is_missing(listed)' -c class,listed | sed 1d | while IFS=$$'\t' read -r class listed; do \
		$(TB)derive -a "lists=concat('|', coalesce(tags, ''), '|')" -w "$$listed" $< | $(by_area) -a 'listed=count()' \
		| $(TB)derive -a "class='$$class'" | sed "$${rest:-}"; rest=1d; done $(into)
$(W)/exact/B07b.tsv: $(W)/base/L2.tsv $(W)/base/classes.tsv
	@$(TB)aggregate -w 'not is_na(class)' -g $(AREA_SCHEME_CLASS) --cube $(TOTALS) --total class=合计 $(SERVICE) $< \
	| $(TB)derive -w "class != '合计' and (area == '全市') == (scheme == '合计')" \
	| $(TB)lookup -k $(AREA_SCHEME_CLASS) <($(call pairs,$(AREA_SCHEME_CLASS),$(TOTALS)) | $(TB)aggregate -g $(AREA_SCHEME_CLASS) $(call sums,$(AMOUNTS))) - \
	| $(TB)lookup -k area,class -c listed $(W)/base/classes.tsv | $(TB)lookup -k class -c listed=list <(grep -v '^#' $(call spec,classes.tsv)) \
	| $(TB)derive -a 'listed=if(is_missing(list), na, coalesce(num(listed), 0))' -c area,scheme,class,listed,firms,contacted,firms_solved,$(AMOUNT_LIST) $(into)
$(W)/tables/B07b.tsv: $(W)/exact/B07b.tsv $(W)/check/ledgers.tsv
	@$(call if_read,L2,$<) | $(call print,class_coverage utilisation solved credit used balance) - | $(call area_names,) | $(scheme_in_words) | $(call in_words,class,classes) \
	| $(TB)rank --sort -k area_order:asc,scheme_order:asc,class_order:asc \
	| $(TB)derive -a 'area=coalesce(area_name, area)' -a 'scheme=coalesce(scheme_name, scheme)' -a 'class=coalesce(class_name, class)' \
		-c area,scheme,class,listed,firms,class_coverage=coverage,contacted,firms_solved,solved,credit,used,utilisation,balance $(into)

$(W)/exact/B07c.tsv: $(W)/base/L2.tsv
	@$(TB)aggregate -g bank,scheme --cube --total bank=合计 --total scheme=合计 $(SERVICE) $< \
	| $(TB)lookup -k bank,scheme --fill 0 <($(call pairs,scheme,--total scheme=合计) | $(TB)aggregate -g scheme,bank --rollup --total bank=合计 $(call sums,$(AMOUNTS))) - \
	| $(TB)derive -a "people=if(scheme == '合计', na, num(people))" $(into)
$(W)/tables/B07c.tsv: $(W)/exact/B07c.tsv $(W)/check/ledgers.tsv
	@$(call if_read,L2,$<) | $(SERVICE_PRINT) - | $(bank_names) | $(scheme_in_words) | $(TB)rank --sort -k bank_order:asc,scheme_order:asc \
	| $(TB)derive -a 'bank=coalesce(bank_name, bank)' -a 'scheme=coalesce(scheme_name, scheme)' \
		-c bank,scheme,teams,$(SERVICE_COLUMNS) $(into)

# By team; of supply-chain finance a team is a core firm, of joint credit an agreement. Whom the contact scheme looks after
# is told in B08b.
$(W)/exact/B07d.tsv: $(W)/base/L2.tsv
	@$(TB)aggregate -w "scheme != 'contact'" -g area,scheme,team -a "lead=if(count_distinct(lead) == 1, min(text(lead)), '')" $(SERVICE) $< \
	| $(TB)lookup -k area,scheme,team --fill 0 <($(TB)aggregate -w 'not is_na(company)' -g area,scheme,team $(call sums,$(AMOUNTS)) $<) - $(into)
$(W)/tables/B07d.tsv: $(W)/exact/B07d.tsv $(W)/check/ledgers.tsv $(call reference,companies) $(call reference,codes)
	@$(call if_read,L2,$<) | $(SERVICE_PRINT) - | $(call named,team) | $(TB)derive -a 'agreement=team' | $(call coded,agreement) \
	| $(TB)lookup -k lead=bank -c name_zh=lead_name $(REFS)/institutions.tsv \
	| $(call area_names,) | $(scheme_in_words) | $(TB)rank --sort -k area_order:asc,scheme_order:asc,team:text \
	| $(TB)derive -a 'area=coalesce(area_name, area)' -a 'scheme=coalesce(scheme_name, scheme)' -a 'team=coalesce(team_name, agreement_name, team)' \
		-c area,scheme,team,lead_name=lead,banks,$(SERVICE_COLUMNS) $(into)
