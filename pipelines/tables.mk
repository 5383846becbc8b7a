# The tables of the bulletin, each a file of tables/. Each stands twice: exact/ holds its amounts as they are, in 万元;
# tables/ is what is printed, every figure an indicator of the dictionary (indicators.tsv), rounded once. In a recipe
# ratios come first and amounts last, because an indicator takes the place of the amount it prints.
#
# A table's file says what it is made from and which tables it makes, $(call made,INPUT...,TABLE...), and how; a site
# adds tables of its own, or replaces one, in its spec/tables/.

DICTIONARY := $(call spec,indicators.tsv)
MONTH_END := $(shell date -u -d "$(MONTH)-01 +1 month -1 day" +%F)

# --- the words that the recipes are made of ---

print = $(TB)derive -I $(DICTIONARY) $(1:%=-a %)
sums = $(foreach c,$(1),-a '$(c)=sum($(c))')
both = $(call sums,$(1) $(1:%=%_open))
since = $(call sums,$(1) $(1:%=%_prev) $(1:%=%_open))
ranked = $(TB)rank -k $(1):$(2) -w "area != '全市'" -c $(3)
by_area = $(TB)aggregate -g area --rollup --total area=全市
by_bank = $(TB)aggregate -g bank --rollup --total bank=合计
by_area_and_bank = $(TB)aggregate -g area,bank --cube --total area=全市 --total bank=合计
# House order: the areas as refs/areas.tsv has them, the banks as refs/institutions.tsv, totals last. A table by area
# has a row for every area; one by area and bank has those there are.
area_names = $(TB)lookup -k area -c order=area_order,name_zh=area_name $(1) $(REFS)/areas.tsv
bank_names = $(TB)lookup -k bank -c order=bank_order,name_zh=bank_name $(REFS)/institutions.tsv
areas_in_order = $(call area_names,--outer) | $(TB)rank --sort -k area_order:asc | $(TB)derive -a 'area=coalesce(area_name, area)'
banks_in_order = $(call area_names,) | $(bank_names) | $(TB)rank --sort -k area_order:asc,bank_order:asc$(1) \
	| $(TB)derive -a 'area=coalesce(area_name, area)' -a 'bank=coalesce(bank_name, bank)'
bank_in_order = $(bank_names) | $(TB)rank --sort -k bank_order:asc | $(TB)derive -a 'bank=coalesce(bank_name, bank)'
# The place of column $(1) among the words $(2), 99 for any other: the order of codes.
place_in = $(if $(2),if($(1) == '$(firstword $(2))', $(words x $(3)), $(call place_in,$(1),$(wordlist 2,99,$(2)),$(3) x)),99)
# was_read is 1 when the ledger $(1) could be read, else 0; if_read is the rows of $(2) when it could. Where it could not
# there is nothing to add up: figures are missing, not zero.
was_read = $$(grep -cP '^$(1)\t[^\t]*\taccepted\t' $(W)/check/ledgers.tsv || true)
if_read = $(TB)derive -w "$(call was_read,$(1)) == 1" $(2)

# Rows by area of a ledger $(1) that was read: an area that it says nothing of has zeros in the columns $(2), the first of
# them a count. Of a ledger that was not read there are none.
every_area = $(TB)lookup -k area --outer <($(TB)derive -c area $(REFS)/areas.tsv) \
	| $(TB)derive $(foreach c,$(wordlist 2,99,$(2)) $(firstword $(2)),-a '$(c)=if(is_missing($(firstword $(2))), 0, num($(c)))') | $(call if_read,$(1),-)
# The city has a row, whatever was read.
and_city = $(TB)lookup -k area --outer <(printf 'area\n全市\n')
# The name of a firm, and the words of a code of the table $(1) of the codes, as $(1)_name.
named = $(TB)lookup -k $(1)=company -c name_zh=$(1)_name $(call reference,companies)
coded = $(TB)lookup -k $(1)=code -c name_zh=$(1)_name <($(TB)derive -w "table == '$(1)'" -c code,name_zh $(call reference,codes))
# Words of a specification of pipelines/ with the columns order and name_zh, as $(1)_order and $(1)_name.
in_words = $(TB)lookup -k $(1) -c order=$(1)_order,name_zh=$(1)_name <(grep -v '^\#' $(call spec,$(2).tsv))

# --- which tables there are: those whose inputs the bureau receives ---

made = $(if $(filter-out $(RETURN_KINDS) $(LEDGER_KINDS) $(REFERENCES),$(1)),$(eval NOT_MADE += $(2)),$(eval NAMES += $(2)))
# Tables that stand in the bulletin of some months of the year only: $(call made_in,MONTHS,INPUTS,TABLES).
made_in = $(if $(filter $(1),$(lastword $(subst -, ,$(MONTH)))),$(call made,$(2),$(3)),$(eval NOT_MADE += $(3)))
TABLE_RULES := $(foreach t,$(sort $(notdir $(wildcard $(RULES)/tables/*.mk $(SITE)/spec/tables/*.mk))),$(call spec,tables/$t))
include $(TABLE_RULES)

TABLES := $(NAMES:%=$(W)/tables/%.tsv) $(NAMES:%=$(W)/exact/%.tsv)
tables: $(TABLES)
$(TABLES): $(RULES)/tables.mk $(TABLE_RULES) $(DICTIONARY) $(W)/specifications.list $(W)/references.checked $(FILTERS) | $(W)/tables $(W)/exact

# The layout without the tables that are not made here.
$(W)/layout.tsv: $(call spec,layout.tsv) $(W)/specifications.list
	@LC_ALL=C awk -F'\t' -v not_made=' $(NOT_MADE:%=tables/%) ' '!index(not_made, " " $$5 " ") || $$5 == ""' $< $(into)

# --- what several share: the accepted rows of F1, with the same cells a month ago, at the start of the year and a year ago ---
#
# By date, never by position. An institution that came into business since then had nothing: zero, not missing. One that
# has gone out of business stands here with what it had, and nothing now, so that the totals of then are whole. One that
# should have filed and did not is left out of both sides.

# What tables compare with earlier months: these balances, and whatever else fields.tsv makes a lending field.
fields_of = $(shell awk -F'\t' '!/^\#/ && $$2 == "$(1)" { print $$1 }' $(call spec,fields.tsv))
COMPARED = dep loan disc corp sme incl inclsm ind indml mfg agri scf chain real npl
BALANCES := $(COMPARED) $(filter-out $(COMPARED),$(call fields_of,balance))
FLOWS := $(call fields_of,flow)
F1_COLUMNS := $(shell grep -v '^\#' $(call spec,schema/F1.tsv) | sed 1d | cut -f1)
columns_as = $(subst $() ,$(comma),$(foreach c,$(1),$(c)=$(c)_$(2)))
KEY = area,bank,scope
PREVIOUS := $(shell date -u -d "$(MONTH)-01 -1 month" +%Y-%m)
PREV_F1 := $(call archived,F1,$(PREVIOUS))

with_earlier = $(TB)lookup -k $(KEY) -c $(call columns_as,$(BALANCES),prev) $(PREV_F1) \
	| $(TB)lookup -k $(KEY) -c $(call columns_as,$(BALANCES),open) $(OPEN_F1) \
	| $(TB)lookup -k $(KEY) -c $(call columns_as,$(BALANCES) $(FLOWS),same) $(SAME_F1) \
	| $(TB)lookup -k bank -c active_from,active_to $(call reference,institutions)
nothing_in = -a "$(1)=if(is_missing($(1)) and (period(active_from) > '$(2)' or period(active_to) < '$(2)'), 0, num($(1)))"
nothing_then = $(foreach c,$(BALANCES),$(call nothing_in,$(c)_$(1),$(2)))
NOTHING_THEN = $(call nothing_then,prev,$(PREVIOUS)) $(call nothing_then,open,$(OPENING)) $(call nothing_then,same,$(SAME))

$(W)/base/F1.tsv: $(W)/clean/F1.tsv $(W)/base/departed.tsv $(PREV_F1) $(OPEN_F1) $(SAME_F1) $(call spec,fields.tsv) $(RULES)/tables.mk \
		$(W)/references.checked $(FILTERS) | $(W)/base
	$(call say,tables)
	@$(TB)derive -w "scope == 'all'" $< $(W)/base/departed.tsv | $(with_earlier) \
	| $(TB)derive $(NOTHING_THEN) $(FLOWS:%=-a %_open=na) $(into)

$(W)/base/departed.tsv: $(W)/clean/F1.tsv $(PREV_F1) $(OPEN_F1) $(SAME_F1) $(call spec,fields.tsv) $(RULES)/tables.mk $(W)/references.checked $(FILTERS) | $(W)/base
	@$(TB)derive -w "scope == 'all'" -c $(KEY) $(PREV_F1) $(OPEN_F1) $(SAME_F1) | $(TB)aggregate -g $(KEY) -a 'n=count()' \
	| $(TB)lookup -k bank -c active_to $(call reference,institutions) \
	| $(TB)derive -w "period(active_to) < '$(MONTH)'" | $(TB)lookup -k $(KEY) --anti $< \
	| $(TB)derive -a "period='$(MONTH)'" $(BALANCES:%=-a %=0) $(foreach c,$(filter-out period area bank scope $(BALANCES),$(F1_COLUMNS)),-a $(c)=na) \
		-c $(subst $() ,$(comma),$(F1_COLUMNS)) $(into)
