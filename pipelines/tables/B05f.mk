# B05f to B05h 司法执行: cases since the ledger began, what has been executed of them, and the firms on the list of dishonest
# debtors, who are vetoed in appraisals and awards (一票否决)

$(call made,L8,B05f B05g B05h)

EXEC_COUNTS = cases restricted_n dishonest_n
EXEC_MONEY = amount completed settled
EXEC_SUMS = $(call sums,$(EXEC_COUNTS) $(EXEC_MONEY)) -a 'veto_firms=count_distinct(company, when=dishonest_n > 0)'
EXEC_PRINT = $(call print,exec_rate exec_executed exec_amount exec_completed exec_settled)
EXEC_COLUMNS = cases,exec_amount=amount,exec_completed=completed,exec_settled=settled,exec_executed=executed,exec_rate=rate
DEBTORS = restricted_n=restricted,dishonest_n=dishonest,veto_firms

$(W)/exact/B05f.tsv: $(W)/clean/L8.tsv $(W)/check/ledgers.tsv
	@$(by_area) $(EXEC_SUMS) $< | $(call every_area,L8,$(EXEC_COUNTS) $(EXEC_MONEY) veto_firms) $(into)
$(W)/exact/B05g.tsv: $(W)/clean/L8.tsv $(W)/check/ledgers.tsv
	@$(by_bank) $(EXEC_SUMS) $< | $(call if_read,L8,-) $(into)
$(W)/exact/B05h.tsv: $(W)/clean/L8.tsv $(W)/check/ledgers.tsv
	@$(TB)derive -w 'not is_missing(company) and dishonest_n > 0' -c case,area,company,bank,filed,amount,completed,settled $< | $(call if_read,L8,-) $(into)

$(W)/tables/B05f.tsv: $(W)/exact/B05f.tsv
	@$(EXEC_PRINT) $< | $(and_city) | $(call ranked,exec_rate,desc,rate_rank) | $(areas_in_order) | $(TB)derive -c area,$(EXEC_COLUMNS),rate_rank,$(DEBTORS) $(into)
$(W)/tables/B05g.tsv: $(W)/exact/B05g.tsv
	@$(EXEC_PRINT) $< | $(bank_in_order) -c bank,$(EXEC_COLUMNS),$(DEBTORS) $(into)
# Those who owe most stand first in their area.
$(W)/tables/B05h.tsv: $(W)/exact/B05h.tsv
	@$(TB)derive -a 'left=amount - completed - settled' $< | $(call print,exec_rate debt_executed debt_amount debt_left) | $(call named,company) \
	| $(call area_names,) | $(bank_names) | $(TB)rank --sort -k area_order:asc,left:desc,case:text \
	| $(TB)derive -c area_name=area,company_name=company,bank_name=bank,filed,debt_amount=amount,debt_executed=executed,debt_left=left,exec_rate=rate $(into)
