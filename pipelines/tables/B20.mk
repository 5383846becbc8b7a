# B20 to B20f 机构、人才与排名附表, at the end of a quarter: institutions of each class in each area, technology sub-branches and talents; the
# local financial organisations with their business and how they were checked (F5); how areas and banks rank by every indicator that
# ranked.tsv lists; the targets of the year (T14) beside what was reached.

QUARTER_ENDS = 03 06 09 12
$(call made_in,$(QUARTER_ENDS),institutions branches outlets L10,B20)
$(call made_in,$(QUARTER_ENDS),F5 institutions,B20b B20c)
$(call made_in,$(QUARTER_ENDS),F1 institutions,B20d B20e)
$(call made_in,$(QUARTER_ENDS),F1 annual_targets,B20f)

CLASS_SPEC := $(call spec,institution_classes.tsv)
CLASSES = grep -v '^\#' $(CLASS_SPEC)
class_lines = $(shell $(CLASSES) | sed 1d | cut -f1-3 | tr '\t' ':')
class_columns = $(foreach l,$(filter %:$(1),$(class_lines)),$(word 2,$(subst :, ,$l)))
listed_as = $(subst $() ,$(comma),$(strip $(1)))

# Who is where in the month: a bank by its branches, an insurer by its offices, a local organisation by its head office.
in_business = $(TB)derive -w "is_missing(active_from) or period(active_from) <= '$(MONTH)'" -w "is_missing(active_to) or period(active_to) >= '$(MONTH)'"
$(W)/base/present.tsv: $(call reference,branches) $(call reference,outlets) $(call reference,institutions) $(CLASS_SPEC) | $(W)/base
	@$(TB)derive <($(TB)derive -a "from_kind='bank'" -c area,bank,from_kind $<) \
		<($(in_business) $(call reference,outlets) | $(TB)derive -w "kind == 'office'" -a "from_kind='insurer'" -c area,institution=bank,from_kind) \
		<($(TB)derive -w 'not is_missing(area)' -a "from_kind='local'" -c area,bank,from_kind $(call reference,institutions)) \
	| $(TB)lookup -k bank -c class,active_from,active_to $(call reference,institutions) | $(in_business) \
	| $(TB)lookup -k class -c kind <($(CLASSES)) | $(TB)derive -w 'text(from_kind) == text(kind)' -c area,bank,class,kind $(into)

CLASS_COUNTS = $(foreach l,$(class_lines),-a "$(word 2,$(subst :, ,$l))=count_distinct(bank, when=class == '$(firstword $(subst :, ,$l))')")
$(W)/exact/B20.tsv: $(W)/base/present.tsv $(call reference,outlets) $(W)/clean/L10.tsv $(W)/check/ledgers.tsv
	@$(by_area) -a "banks=count_distinct(bank, when=kind == 'bank')" -a "locals=count_distinct(bank, when=kind == 'local')" \
		-a 'institutions=count_distinct(bank)' $(CLASS_COUNTS) $< | $(and_city) \
	| $(TB)lookup -k area --outer <($(TB)derive -c area $(REFS)/areas.tsv) \
	| $(TB)lookup -k area <($(in_business) $(call reference,outlets) | $(TB)derive -w "kind == 'technology'" | $(by_area) -a 'tech=sum(outlets)') \
	| $(TB)lookup -k area -c people=talents <($(TB)aggregate -w "type == 'talent' and year(date) == $(YEAR)" -g area --rollup --total area=全市 -a 'people=sum(people)' $(W)/clean/L10.tsv | $(call if_read,L10,-)) \
	| $(TB)derive $(foreach c,banks locals institutions tech $(foreach l,$(class_lines),$(word 2,$(subst :, ,$l))),-a '$(c)=coalesce(num($(c)), 0)') \
		-a "talents=if($(call was_read,L10) == 1, coalesce(num(talents), 0), num(talents))" $(into)
$(W)/tables/B20.tsv: $(W)/exact/B20.tsv
	@cat $< | $(areas_in_order) | $(TB)derive \
		-c area,$(call listed_as,$(call class_columns,bank)),banks,$(call listed_as,$(call class_columns,insurer) $(call class_columns,local)),locals,institutions,tech,talents $(into)

# Local financial organisations, now and at the start of the year; one that was not in business then had nothing, one that is not
# any more has nothing now, one that did not file is registered and not reported.
F5_FLOWS = issued_ytd onsite_n offsite_n found_n fixed_n
F5_AMOUNTS = capital balance overdue cust_n $(F5_FLOWS)
$(W)/base/F5.tsv: $(W)/clean/F5.tsv $(OPEN_F5) $(W)/base/present.tsv $(call reference,institutions)
	@$(TB)lookup -k area,institution -c balance=balance_open --outer $(OPEN_F5) $< \
	| $(TB)lookup -k institution=bank -c class,active_from,active_to $(call reference,institutions) \
	| $(TB)derive -w "not is_missing(period) or period(active_to) < '$(MONTH)'" -a 'reporting=if(is_missing(period), na, text(institution))' \
		$(foreach c,$(F5_AMOUNTS),-a '$(c)=if(is_missing(period), 0, num($(c)))') $(call nothing_in,balance_open,$(OPENING)) \
		-c area,institution,class,reporting,balance_open,$(call listed_as,$(F5_AMOUNTS)) $(into)
F5_TOTALS = -g area,class --cube --total area=全市 --total class=合计
$(W)/exact/B20b.tsv: $(W)/base/F5.tsv $(W)/base/present.tsv
	@$(TB)aggregate $(F5_TOTALS) -a 'reported=count_distinct(reporting)' $(call sums,balance_open $(F5_AMOUNTS)) $< \
	| $(TB)lookup -k area,class --outer <($(TB)aggregate -w "kind == 'local'" $(F5_TOTALS) -a 'registered=count_distinct(bank)' $(W)/base/present.tsv) \
	| $(TB)derive -a 'registered=coalesce(num(registered), 0)' -a 'reported=coalesce(num(reported), 0)' $(into)
F5_PRINT = $(call print,org_overdue_rate org_fixed_rate org_growth org_inc)
class_in_words = $(TB)lookup -k class -c order=class_order,name_zh=class_name <($(CLASSES))
$(W)/tables/B20b.tsv: $(W)/exact/B20b.tsv $(CLASS_SPEC)
	@$(F5_PRINT) $< | $(call print,org_capital org_balance org_overdue org_issued) \
	| $(call area_names,) | $(class_in_words) | $(TB)rank --sort -k area_order:asc,class_order:asc \
	| $(TB)derive -a 'area=coalesce(area_name, area)' -a 'class=coalesce(class_name, class)' \
		-c area,class,registered,reported,org_capital=capital,org_balance=balance,org_inc=inc,org_growth=growth,org_overdue=overdue,org_overdue_rate=overdue_rate,cust_n=customers,org_issued=issued,onsite_n=onsite,offsite_n=offsite,found_n=found,fixed_n=fixed,org_fixed_rate=fixed_rate $(into)

# Each of them, by area and class.
$(W)/exact/B20c.tsv: $(W)/base/F5.tsv
	@$(TB)derive -w 'not is_na(reporting)' -c area,class,institution,balance_open,$(call listed_as,$(F5_AMOUNTS)) $< $(into)
$(W)/tables/B20c.tsv: $(W)/exact/B20c.tsv $(CLASS_SPEC)
	@$(F5_PRINT) $< | $(call print,org_capital org_balance org_overdue org_issued) \
	| $(call area_names,) | $(class_in_words) | $(TB)lookup -k institution=bank -c order=org_order,name_zh=org_name $(call reference,institutions) \
	| $(TB)rank --sort -k area_order:asc,class_order:asc,org_order:asc \
	| $(TB)derive -a 'area=coalesce(area_name, area)' -a 'class=coalesce(class_name, class)' -a 'institution=coalesce(org_name, institution)' \
		-c area,class,institution,org_capital=capital,org_balance=balance,org_inc=inc,org_growth=growth,org_overdue=overdue,org_overdue_rate=overdue_rate,cust_n=customers,org_issued=issued,onsite_n=onsite,offsite_n=offsite,found_n=found,fixed_n=fixed $(into)

# The figures that are ranked, as the tables print them: exact/B20d by area, exact/B20e by bank in all areas.
RANKED_SPEC := $(call spec,ranked.tsv)
RANKED = grep -v '^\#' $(RANKED_SPEC)
ranked_tables = $(filter $(NAMES:%=$(W)/tables/%.tsv),$(patsubst %,$(W)/tables/%.tsv,$(sort $(shell $(RANKED) | sed 1d | cut -f5))))
ranked_of = printf 'indicator\t$(1)\tvalue\n'; $(RANKED) | $(TB)derive -w "by == '$(1)'" -c indicator,table,column,where | sed 1d \
	| while IFS=$$'\t' read -r indicator table column where; do [[ ' $(NAMES) ' = *" $$table "* ]] || continue; \
		$(TB)derive -w "$${where:-1 == 1}" -a "indicator='$$indicator'" -c "indicator,$(1),$$column=value" "$(W)/tables/$$table.tsv" | sed 1d; done
$(W)/exact/B20d.tsv: $$(ranked_tables) $(RANKED_SPEC)
	@{ $(call ranked_of,area); } $(into)
$(W)/exact/B20e.tsv: $$(ranked_tables) $(RANKED_SPEC)
	@{ $(call ranked_of,bank); } | $(TB)derive -w "bank != '合计'" $(into)

# What the indicators of areas or of banks, $(1), are; and their ranks in each group $(2), of the printed values, as the column $(3): the
# greatest first or the least, as the dictionary says.
described = $(TB)lookup -k indicator -c code,order=indicator_order,name_zh=indicator_name <($(RANKED) | $(TB)derive -w "by == '$(1)'") \
	| $(TB)lookup -k code -c unit,direction <(grep -v '^\#' $(DICTIONARY))
ranks = $(TB)rank -k value -g $(1) -w "direction == 'desc' and $(3)" -c $(2)_most | $(TB)rank -k value:asc -g $(1) -w "direction == 'asc' and $(3)" -c $(2)_least \
	| $(TB)derive -a "$(2)=if(direction == 'asc', num($(2)_least), num($(2)_most))" | $(TB)derive -g $(1) -a '$(2)_of=count($(2))'
$(W)/tables/B20d.tsv: $(W)/exact/B20d.tsv $(DICTIONARY)
	@cat $< | $(call described,area) | $(call ranks,indicator,rank,area != '全市') \
	| $(TB)lookup -k area=name_zh -c order=area_order $(REFS)/areas.tsv | $(TB)rank --sort -k indicator_order:asc,area_order:asc \
	| $(TB)derive -c indicator_name=indicator,unit,area,value,rank,rank_of $(into)
$(W)/tables/B20e.tsv: $(W)/exact/B20e.tsv $(DICTIONARY) $(CLASS_SPEC)
	@cat $< | $(call described,bank) | $(TB)lookup -k bank=name_zh -c class,order=bank_order $(call reference,institutions) \
	| $(call ranks,indicator,rank,1 == 1) | $(call ranks,indicator$(comma)class,class_rank,1 == 1) \
	| $(class_in_words) | $(TB)rank --sort -k indicator_order:asc,bank_order:asc \
	| $(TB)derive -c indicator_name=indicator,unit,class_name=class,bank,value,rank,rank_of,class_rank,class_rank_of $(into)

# The targets of the year; where less is better a target is met from below, and how much of it was reached says nothing.
TARGET_COLUMNS = indicator_order,indicator_name=indicator,unit,direction,place_order,place,target,actual,basis
$(W)/exact/B20f.tsv: $(W)/exact/B20d.tsv $(W)/exact/B20e.tsv $(call reference,annual_targets) $(call reference,institutions) $(REFS)/areas.tsv $(DICTIONARY)
	@target() { $(TB)derive -w "num(year) == $(YEAR) and not is_missing($$1)" $(call reference,annual_targets); }; \
	$(TB)derive <(target area | $(call area_names,) | $(TB)derive -a 'place=coalesce(area_name, area)' -a 'place_order=coalesce(num(area_order), 1000)' \
			| $(TB)lookup -k indicator,place=area -c value=actual $< | $(call described,area) | $(TB)derive -c $(TARGET_COLUMNS)) \
		<(target bank | $(bank_names) | $(TB)derive -a 'place=bank_name' -a 'place_order=1000 + num(bank_order)' \
			| $(TB)lookup -k indicator,place=bank -c value=actual $(W)/exact/B20e.tsv | $(call described,bank) | $(TB)derive -c $(TARGET_COLUMNS)) $(into)
$(W)/tables/B20f.tsv: $(W)/exact/B20f.tsv
	@$(call print,target_gap target_rate) $< | $(TB)derive -a "met=if(direction == 'asc', actual <= target, actual >= target)" \
	| $(TB)rank --sort -k indicator_order:asc,place_order:asc \
	| $(TB)derive -c indicator,unit,place,target,actual,target_gap=gap,target_rate=rate,met,basis $(into)
