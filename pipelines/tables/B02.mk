# B02 银行机构存贷款及存贷比表; a bank that did not file stands there with its state and no figures, one that has gone out of
# business with what it had and no rank. over100 and corp10 count banks: 0 or 1 in a bank's own row, the number of them
# in a total

$(call made,F1,B02)

$(W)/exact/B02.tsv: $(W)/base/F1.tsv
	@$(by_area_and_bank) $(call since,dep loan) $(call sums,corp) -a 'over100=count(when=num(loan) > num(dep))' \
		-a 'corp10=count(when=corp >= 100000)' $< $(into)

$(W)/tables/B02.tsv: $(W)/exact/B02.tsv $(W)/exact/B01.tsv $(W)/check/filers.tsv $(REFS)/branches.tsv
	@$(TB)lookup -k area -c loan=area_loan $(W)/exact/B01.tsv $< \
	| $(call print,dep_growth loan_growth ldr share dep_month loan_month dep_inc loan_inc dep loan corp) \
	| $(TB)lookup -k bank -c active_to $(call reference,institutions) \
	| $(TB)rank -k share:desc -g area -w "area != '全市' and bank != '合计' and (is_missing(active_to) or period(active_to) >= '$(MONTH)')" -c share_rank \
	| $(TB)lookup -k area,bank --outer $(REFS)/branches.tsv \
	| $(TB)lookup -k bank=institution -c state,overridden <($(TB)derive -w "return == 'F1' and state != 'superseded'" $(W)/check/filers.tsv) \
	| $(TB)derive -a "state=if(not is_missing(active_to) and period(active_to) < '$(MONTH)', 'departed', if(overridden == 1, 'overridden', state))" | $(banks_in_order) \
	| $(TB)derive -c area,bank,dep,dep_month,dep_inc,dep_growth,loan,loan_month,loan_inc,loan_growth,ldr,over100,corp,corp10,share,share_rank,state $(into)
