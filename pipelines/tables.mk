# The tables of the bulletin. Each stands twice: exact/ holds its amounts as they are, in 万元; tables/ is what is
# printed, every figure an indicator of the dictionary (indicators.tsv), rounded once. In a recipe ratios come first
# and amounts last, because an indicator takes the place of the amount it prints.

NAMES = B01 B02 B03 B03b B04 B04b B05 B05b B06 B06b
TABLES := $(NAMES:%=$(W)/tables/%.tsv) $(NAMES:%=$(W)/exact/%.tsv)
tables: $(TABLES)

DICTIONARY := $(call spec,indicators.tsv)
FIELD_SPEC := $(call spec,fields.tsv)
FIELDS := $(shell grep -v '^\#' $(FIELD_SPEC) | sed 1d | cut -f1)
MONTH_END = $(shell date -u -d "$(MONTH)-01 +1 month -1 day" +%F)

# Words that the recipes are made of.
print = $(TB)derive -I $(DICTIONARY) $(1:%=-a %)
sums = $(foreach c,$(1),-a '$(c)=sum($(c))')
both = $(call sums,$(1) $(1:%=%_open))
ranked = $(TB)rank -k $(1):$(2) -w "area != '全市'" -c $(3)
by_area = $(TB)aggregate -g area --rollup --total area=全市
by_area_and_bank = $(TB)aggregate -g area,bank --cube --total area=全市 --total bank=合计
# House order: the areas as refs/areas.tsv has them, the banks as refs/institutions.tsv, totals last. A table by area
# has a row for every area; one by area and bank has those there are.
area_names = $(TB)lookup -k area -c order=area_order,name_zh=area_name $(1) $(REFS)/areas.tsv
bank_names = $(TB)lookup -k bank -c order=bank_order,name_zh=bank_name $(REFS)/institutions.tsv
areas_in_order = $(call area_names,--outer) | $(TB)rank --sort -k area_order:asc | $(TB)derive -a 'area=coalesce(area_name, area)'
banks_in_order = $(call area_names,) | $(bank_names) | $(TB)rank --sort -k area_order:asc,bank_order:asc$(1) \
	| $(TB)derive -a 'area=coalesce(area_name, area)' -a 'bank=coalesce(bank_name, bank)'

$(TABLES): $(RULES)/tables.mk $(DICTIONARY) $(FIELD_SPEC) $(W)/specifications.list $(REFS)/areas.tsv $(REFS)/institutions.tsv $(FILTERS) | $(W)/tables $(W)/exact
$(W)/tables $(W)/exact $(W)/base $(W)/fields:
	@mkdir -p $@

# --- what they share: the accepted rows, with the same cells at the start of the year and a year ago ---

BALANCES = dep loan disc corp sme incl inclsm ind indml mfg agri scf chain real npl
FLOWS = msme_new_ytd
columns_as = $(subst $() ,$(comma),$(foreach c,$(1),$(c)=$(c)_$(2)))
KEY = area,bank,scope
comma = ,

$(W)/base/F1.tsv: $(W)/clean/F1.tsv $(F1_OPEN) $(F1_SAME) $(FILTERS) | $(W)/base
	$(call say,tables)
	@$(TB)derive -w "scope == 'all'" $< \
	| $(TB)lookup -k $(KEY) -c $(call columns_as,$(BALANCES),open) $(F1_OPEN) \
	| $(TB)lookup -k $(KEY) -c $(call columns_as,$(BALANCES) $(FLOWS),same) $(F1_SAME) \
	| $(TB)derive $(FLOWS:%=-a %_open=na) $(into)

# --- B01 各县市区存贷款主要指标表 ---

$(W)/exact/B01.tsv: $(W)/base/F1.tsv
	@$(by_area) $(call both,dep loan) $< $(into)

$(W)/tables/B01.tsv: $(W)/exact/B01.tsv
	@$(call print,dep_growth loan_growth ldr dep_inc loan_inc dep loan) $< \
	| $(call ranked,dep_growth,desc,dep_rank) | $(call ranked,loan_growth,desc,loan_rank) | $(areas_in_order) \
	| $(TB)derive -c area,dep,dep_inc,dep_growth,dep_rank,loan,loan_inc,loan_growth,loan_rank,ldr $(into)

# --- B02 银行机构存贷款及存贷比表; a bank that did not file stands there with its state and no figures. over100 and
# corp10 count banks: 0 or 1 in a bank's own row, the number of them in a total ---

$(W)/exact/B02.tsv: $(W)/base/F1.tsv
	@$(by_area_and_bank) $(call both,dep loan) $(call sums,corp) -a 'over100=count(when=num(loan) > num(dep))' \
		-a 'corp10=count(when=corp >= 100000)' $< $(into)

$(W)/tables/B02.tsv: $(W)/exact/B02.tsv $(W)/exact/B01.tsv $(W)/check/filers.tsv $(REFS)/branches.tsv
	@$(TB)lookup -k area -c loan=area_loan $(W)/exact/B01.tsv $< \
	| $(call print,dep_growth loan_growth ldr share dep_inc loan_inc dep loan corp) \
	| $(TB)rank -k share:desc -g area -w "area != '全市' and bank != '合计'" -c share_rank \
	| $(TB)lookup -k area,bank --outer $(REFS)/branches.tsv \
	| $(TB)lookup -k bank=institution -c state,overridden $(W)/check/filers.tsv \
	| $(TB)derive -a "state=if(overridden == 1, 'overridden', state)" | $(banks_in_order) \
	| $(TB)derive -c area,bank,dep,dep_inc,dep_growth,loan,loan_inc,loan_growth,ldr,over100,corp,corp10,share,share_rank,state $(into)

# --- B03 重点领域贷款表: a row a field ---

$(W)/fields/%.tsv: $(W)/base/F1.tsv $(FIELD_SPEC) | $(W)/fields
	@$(by_area_and_bank) -a 'amount=sum($*)' -a 'amount_open=sum($*_open)' -a 'amount_same=sum($*_same)' \
		$(call both,loan disc) $< | $(TB)derive -a "field='$*'" $(into)

$(W)/exact/B03b.tsv: $(FIELDS:%=$(W)/fields/%.tsv)
	@$(TB)derive -c area,bank,field,amount,amount_open,amount_same,loan,loan_open,disc,disc_open $(FIELDS:%=$(W)/fields/%.tsv) $(into)
$(W)/exact/B03.tsv: $(W)/exact/B03b.tsv
	@$(TB)derive -w "bank == '合计'" -c area,field,amount,amount_open,amount_same,loan,loan_open,disc,disc_open $< $(into)

# Every field of every area has a row; a flow has no opening, whether it was reported or not.
$(W)/fields/expected.tsv: $(REFS)/areas.tsv $(FIELD_SPEC) | $(W)/fields
	@for field in $(FIELDS); do $(TB)derive -a "field='$$field'" -c area,field $< | sed "$${rest:-}"; rest=1d; done $(into)

B03_PRINT = $(TB)lookup -k field -c kind,share_ex_disc,inc_ex_disc,order=field_order,name_zh=field_name <(grep -v '^\#' $(FIELD_SPEC)) $(1) \
	| $(TB)derive -a "amount_open=if(kind == 'flow', na, num(amount_open))" \
	| $(call print,field_growth field_same_inc field_share field_share_change field_inc_share field_inc field_balance)
B03_COLUMNS = field_name=field,field_balance=balance,field_inc=inc,field_growth=growth,field_same_inc=same_inc,field_share=share,field_share_change=share_change,share_rank,field_inc_share=inc_share
$(W)/tables/B03.tsv: $(W)/exact/B03.tsv $(W)/fields/expected.tsv
	@$(TB)lookup -k area,field --outer $(W)/fields/expected.tsv $< | $(call B03_PRINT,-) \
	| $(TB)rank -k field_share_change -g field -w "area != '全市'" -c share_rank \
	| $(call area_names,) | $(TB)rank --sort -k area_order:asc,field_order:asc | $(TB)derive -a 'area=coalesce(area_name, area)' -c area,$(B03_COLUMNS) $(into)
$(W)/tables/B03b.tsv: $(W)/exact/B03b.tsv
	@$(call B03_PRINT,$<) | $(TB)rank -k field_share_change -g field,area -w "area != '全市' and bank != '合计'" -c share_rank \
	| $(call banks_in_order,$(comma)field_order:asc) -c area,bank,$(B03_COLUMNS) $(into)

# --- B04 不良贷款变动表; the drop rate is computed from the printed ratios, as the circular does (D11) ---

DISPOSALS = disp_cash_ytd disp_woff_ytd disp_xfer_ytd disp_rest_ytd disp_up_ytd
$(W)/exact/B04b.tsv: $(W)/base/F1.tsv
	@$(by_area_and_bank) $(call both,npl loan) $(call sums,$(DISPOSALS)) $< $(into)
$(W)/exact/B04.tsv: $(W)/base/F1.tsv
	@$(by_area) $(call both,npl loan) $(call sums,$(DISPOSALS)) $< $(into)

B04_PRINT = $(call print,npl_ratio_open npl_ratio npl_ratio_change npl_disposal_rate npl_disposal npl_change npl_open npl) $< \
	| $(TB)derive -a ratio_open=npl_ratio_open -a ratio=npl_ratio | $(call print,npl_drop_rate)
B04_COLUMNS = npl_open,npl,npl_change,ratio_open,ratio,npl_ratio_change=ratio_change,npl_drop_rate=drop_rate,npl_disposal_rate=disposal_rate,npl_disposal=disposal
$(W)/tables/B04.tsv: $(W)/exact/B04.tsv
	@$(B04_PRINT) | $(call ranked,npl,asc,npl_rank) | $(call ranked,ratio,asc,ratio_rank) | $(call ranked,npl_drop_rate,desc,drop_rank) \
	| $(areas_in_order) | $(TB)derive -c area,$(B04_COLUMNS),npl_rank,ratio_rank,drop_rank $(into)
$(W)/tables/B04b.tsv: $(W)/exact/B04b.tsv
	@$(B04_PRINT) | $(banks_in_order) | $(TB)derive -c area,bank,$(B04_COLUMNS) $(into)

# --- B05 不良处置 by method ---

$(W)/exact/B05.tsv: $(W)/base/F1.tsv
	@$(by_area) $(call sums,$(DISPOSALS)) $< $(into)
$(W)/exact/B05b.tsv: $(W)/base/F1.tsv
	@$(by_area_and_bank) $(call sums,$(DISPOSALS)) $< $(into)

B05_COLUMNS = disp_cash=cash,disp_woff=woff,disp_xfer=xfer,disp_rest=rest,npl_disposal=total,disp_up=up
B05_PRINT = $(call print,npl_disposal disp_cash disp_woff disp_xfer disp_rest disp_up)
$(W)/tables/B05.tsv: $(W)/exact/B05.tsv
	@$(B05_PRINT) $< | $(call ranked,npl_disposal,desc,rank) | $(areas_in_order) | $(TB)derive -c area,$(B05_COLUMNS),rank $(into)
$(W)/tables/B05b.tsv: $(W)/exact/B05b.tsv
	@$(B05_PRINT) $< | $(banks_in_order) | $(TB)derive -c area,bank,$(B05_COLUMNS) $(into)

# --- B06 银企对接签约项目进度表; a signed project not fully paid is open, and ages from the day of its event ---

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
	@$(TB)aggregate -g bank --rollup --total bank=合计 $(B06_SUMS) $< $(into)
# Where no ledger could be read there is nothing to add up: figures are missing, not zero.
LEDGER_READ = $$($(TB)derive -w "ledger == 'L1' and state == 'accepted'" $(W)/check/ledgers.tsv | sed 1d | wc -l)
$(W)/tables/B06.tsv: $(W)/exact/B06.tsv $(W)/check/ledgers.tsv
	@$(TB)derive -w "$(LEDGER_READ) == 1" $< | $(call B06_PRINT,-) | $(call ranked,paid_rate,desc,paid_rank) \
	| $(TB)lookup -k area --outer <(printf 'area\n全市\n') | $(areas_in_order) | $(TB)derive -c area,$(B06_COLUMNS),paid_rank $(into)
$(W)/tables/B06b.tsv: $(W)/exact/B06b.tsv $(W)/check/ledgers.tsv
	@$(TB)derive -w "$(LEDGER_READ) == 1" $< | $(call B06_PRINT,-) | $(bank_names) | $(TB)rank --sort -k bank_order:asc | $(TB)derive -a 'bank=coalesce(bank_name, bank)' -c bank,$(B06_COLUMNS) $(into)
