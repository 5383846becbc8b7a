# B01 各县市区存贷款主要指标表

$(call made,F1,B01)

$(W)/exact/B01.tsv: $(W)/base/F1.tsv
	@$(by_area) $(call since,dep loan) $< $(into)

$(W)/tables/B01.tsv: $(W)/exact/B01.tsv
	@$(call print,dep_growth loan_growth ldr dep_month loan_month dep_inc loan_inc dep loan) $< \
	| $(call ranked,dep_growth,desc,dep_rank) | $(call ranked,loan_growth,desc,loan_rank) | $(areas_in_order) \
	| $(TB)derive -c area,dep,dep_month,dep_inc,dep_growth,dep_rank,loan,loan_month,loan_inc,loan_growth,loan_rank,ldr $(into)
