# B05 不良处置 by method

$(call made,F1,B05 B05b)

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
