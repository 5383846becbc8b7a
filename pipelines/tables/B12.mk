# B12 to B12d 助企纾困与减费让利: loans extended, deferred and renewed without repayment (each loan is of one kind); the weighted rate
# and what its fall since the start of the year has saved (D20), with the central bank's relending; how often firms pay interest.

$(call made,F1,B12 B12b B12c B12d)

RELIEF = ext defer renew
RELIEF_SUMS = $(call sums,first_n $(RELIEF:%=%_n) $(RELIEF:%=%_amt)) -a 'relief_n=ext_n + defer_n + renew_n' \
	-a 'relief_amt=ext_amt + defer_amt + renew_amt'
RELIEF_PRINT = $(call print,relief_avg relief_amt $(RELIEF:%=%_amt))
RELIEF_COLUMNS = first_n,ext_n,ext_amt,defer_n,defer_amt,renew_n,renew_amt,relief_n,relief_amt,relief_avg

$(W)/exact/B12.tsv: $(W)/base/F1.tsv
	@$(by_area) $(RELIEF_SUMS) $< $(into)
$(W)/exact/B12b.tsv: $(W)/base/F1.tsv
	@$(by_area_and_bank) $(RELIEF_SUMS) $< $(into)
$(W)/tables/B12.tsv: $(W)/exact/B12.tsv
	@$(RELIEF_PRINT) $< | $(areas_in_order) | $(TB)derive -c area,$(RELIEF_COLUMNS) $(into)
$(W)/tables/B12b.tsv: $(W)/exact/B12b.tsv
	@$(RELIEF_PRINT) $< | $(banks_in_order) -c area,bank,$(RELIEF_COLUMNS) $(into)

# A rate of several rows is weighted by their loans; a row without a rate, for there are no loans, has no weight. One that had no
# business at the start of the year had no rate then, and its rate has not fallen.
$(W)/base/loan_rates.tsv: $(W)/base/F1.tsv $(OPEN_F1) $(call spec,tables/B12.mk) $(FILTERS) | $(W)/base
	@$(TB)lookup -k $(KEY) -c rate_w=rate_w_open $(OPEN_F1) $< \
	| $(TB)derive -a "rate_w_open=if(is_missing(rate_w_open) and (period(active_from) > '$(OPENING)' or period(active_to) < '$(OPENING)'), na, num(rate_w_open))" \
		-a 'now_x=loan * rate_w' -a 'now_loan=if(is_na(rate_w), na, num(loan))' \
		-a 'open_x=loan_open * rate_w_open' -a 'open_loan=if(is_na(rate_w_open), na, num(loan_open))' \
		-a 'rate_saved=iss_ind_ytd * (rate_w_open - rate_w) * 100 / 10000' -a 'relend_x=relend_amt * relend_w' $(into)
$(W)/exact/B12c.tsv: $(W)/base/loan_rates.tsv
	@$(by_area_and_bank) $(call sums,now_x now_loan open_x open_loan iss_ind_ytd rate_saved relend_amt relend_x) \
		-a 'rate_min=min(rate_min)' -a 'relend_n=count(when=relend_amt > 0)' -a 'relend_min=min(relend_min)' $< $(into)
$(W)/tables/B12c.tsv: $(W)/exact/B12c.tsv
	@$(call print,rate_open rate_now rate_cut rate_least relend_rate relend_least rate_saved relend_amt iss_ind_ytd) $< | $(banks_in_order) \
		-c area,bank,rate_open,rate_now=rate_w,rate_cut,rate_least=rate_min,iss_ind_ytd,rate_saved,relend_n,relend_amt,relend_least=relend_min,relend_rate=relend_w $(into)

SETTLEMENTS = int_m_n int_q_n int_h_n int_y_n
$(W)/exact/B12d.tsv: $(W)/base/F1.tsv
	@$(by_bank) $(call sums,$(SETTLEMENTS)) -a 'int_n=int_m_n + int_q_n + int_h_n + int_y_n' $< $(into)
$(W)/tables/B12d.tsv: $(W)/exact/B12d.tsv
	@$(call print,int_long_share) $< | $(bank_in_order) -c bank,$(subst $() ,$(comma),$(SETTLEMENTS)),int_n,int_long_share=long_share $(into)
