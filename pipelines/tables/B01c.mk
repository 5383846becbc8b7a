# B01c 可比口径: where the base of the year's start has been restated (refs/adjustments.tsv), growth on the restated base
# beside the plain one; a row an item of an institution, an area, the city. Needs the amounts by item of B03.

$(call made,F1 adjustments,B01c)

ADJUSTMENTS := $(call reference,adjustments)
ADJUSTED := $(shell awk -F'\t' 'NR > 1 && $$4 == "$(OPENING)" { print $$3 }' $(wildcard $(ADJUSTMENTS)) /dev/null | sort -u)

$(W)/base/adjusted.tsv: $(ADJUSTMENTS) $(W)/references.checked | $(W)/base
	@$(TB)aggregate -w "base == '$(OPENING)'" -g item,area,bank --rollup --total area=全市 --total bank=合计 \
		-a 'adjustment=sum(amount)' -a "reason=if(count_distinct(reason) == 1, first(reason), '')" $< \
	| $(TB)derive -w 'not is_na(item)' $(into)
AMOUNTS_BY_ITEM = $(TB)derive -c area,bank,field=item,amount,amount_open $(ADJUSTED:%=$(W)/fields/%.tsv)
NO_ITEM = echo area bank item amount amount_open | tr ' ' '\t'
$(W)/exact/B01c.tsv: $(W)/base/adjusted.tsv $(ADJUSTED:%=$(W)/fields/%.tsv)
	@$(if $(ADJUSTED),$(AMOUNTS_BY_ITEM),$(NO_ITEM)) \
	| $(TB)lookup -k area,bank,item -c adjustment,reason --unmatched drop $< $(into)
$(W)/tables/B01c.tsv: $(W)/exact/B01c.tsv
	@$(TB)lookup -k item=name -c label_zh=item_name <(grep -v '^\#' $(call spec,schema/F1.tsv)) $< \
	| $(call print,field_growth comparable_growth field_inc comparable_inc field_balance field_open adjustment) \
	| $(call banks_in_order,$(comma)item:text) \
		-c area,bank,item_name=item,field_balance=balance,field_open=open,adjustment,field_inc=inc,comparable_inc,field_growth=growth,comparable_growth,reason $(into)
