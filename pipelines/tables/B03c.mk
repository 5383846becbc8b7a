# B03c, B03d 本年累放贷款: what was issued since the start of the year, by kind, with the averages of a borrower (D23). The kinds
# are not parts of one whole: a loan may be of several.

$(call made,F1,B03c B03d)

ISSUED = iss_ytd iss_ind_ytd iss_hh_ytd iss_incl_ytd iss_sme_ytd iss_smeu_ytd iss_agri_ytd
ISSUED_SUMS = $(call sums,$(ISSUED) iss_ind_n iss_hh_n)
ISSUED_COLUMNS = iss_ytd,iss_ind_n,iss_ind_ytd,iss_ind_avg,iss_hh_n,iss_hh_ytd,iss_hh_avg,iss_incl_ytd,iss_sme_ytd,iss_smeu_ytd,iss_smeu_share,iss_agri_ytd
ISSUED_PRINT = $(call print,iss_ind_avg iss_hh_avg iss_smeu_share $(ISSUED))

$(W)/exact/B03c.tsv: $(W)/base/F1.tsv
	@$(by_area) $(ISSUED_SUMS) $< $(into)
$(W)/exact/B03d.tsv: $(W)/base/F1.tsv
	@$(by_area_and_bank) $(ISSUED_SUMS) $< $(into)
$(W)/tables/B03c.tsv: $(W)/exact/B03c.tsv
	@$(ISSUED_PRINT) $< | $(areas_in_order) | $(TB)derive -c area,$(ISSUED_COLUMNS) $(into)
$(W)/tables/B03d.tsv: $(W)/exact/B03d.tsv
	@$(ISSUED_PRINT) $< | $(banks_in_order) -c area,bank,$(ISSUED_COLUMNS) $(into)
