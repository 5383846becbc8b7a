# B04 不良贷款变动表; the drop rate is computed from the printed ratios, as the circular does (D11)

$(call made,F1,B04 B04b)

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
