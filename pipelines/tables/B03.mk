# B03 重点领域贷款表: a row a field

$(call made,F1,B03 B03b)

FIELD_SPEC := $(call spec,fields.tsv)
FIELDS := $(shell grep -v '^\#' $(FIELD_SPEC) | sed 1d | cut -f1)

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
