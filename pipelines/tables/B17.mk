# B17 to B17e 办贷便利度与抵押登记: steps, days and documents before and now (D36); mortgages registered online, the double query, ratings by
# customers (D35); by bank; how long loans take by product; and loans on collateral that was not taken before.

$(call made,F4,B17 B17b B17c)
$(call made,F2 products rates codes,B17d B17e)

EFFORT = steps days docs
EFFORT_PRINT = $(EFFORT:%=%_cut) $(EFFORT:%=%_old) $(EFFORT)
EFFORT_COLUMNS = $(subst $() ,$(comma),$(foreach e,$(EFFORT),$(e)_old $(e) $(e)_cut))
EFFORT_SUMS = -a 'branches=count()' $(call sums,$(EFFORT:%=%_old) $(EFFORT))
HANDLED = mortgage_n mortgage_online_n granted_n queried_n target_n registered_n rated_n satisfied_n
HANDLED_PRINT = online_share queried_share registered_rate rated_rate satisfied_rate

# Means over the branches; the reduction is that of the sums.
$(W)/exact/B17.tsv: $(W)/clean/F4.tsv
	@$(by_area) $(EFFORT_SUMS) $< | $(TB)derive -w 'branches > 0' $(into)
$(W)/tables/B17.tsv: $(W)/exact/B17.tsv
	@$(call print,$(EFFORT_PRINT)) $< | $(and_city) | $(areas_in_order) | $(TB)derive -c area,branches,$(EFFORT_COLUMNS) $(into)

$(W)/exact/B17b.tsv: $(W)/clean/F4.tsv
	@$(by_area) -a 'branches=count()' $(call sums,$(HANDLED) kiosk_n kiosk_items) $< | $(TB)derive -w 'branches > 0' $(into)
$(W)/tables/B17b.tsv: $(W)/exact/B17b.tsv
	@$(call print,$(HANDLED_PRINT)) $< | $(and_city) | $(areas_in_order) \
	| $(TB)derive -c area,mortgage_n=mortgage,mortgage_online_n=online,online_share,granted_n=granted,queried_n=queried,queried_share,target_n=target,registered_n=registered,registered_rate,rated_n=rated,rated_rate,satisfied_n=satisfied,satisfied_rate,kiosk_n=kiosks,kiosk_items $(into)

$(W)/exact/B17c.tsv: $(W)/clean/F4.tsv
	@$(TB)aggregate -g area,bank $(EFFORT_SUMS) $(call sums,$(HANDLED) mortgage_units m113_calls m113_cuts m113_days) $< $(into)
$(W)/tables/B17c.tsv: $(W)/exact/B17c.tsv
	@$(call print,$(EFFORT:%=%_cut) $(HANDLED_PRINT)) $< | $(banks_in_order) \
		-c area,bank,$(EFFORT_COLUMNS),mortgage_n=mortgage,mortgage_online_n=online,online_share,mortgage_units=units,queried_share,registered_rate,rated_rate,satisfied_rate,m113_calls,m113_cuts,m113_days $(into)

# Days from complete documents, weighted by the number of loans.
WAITS = submit approve disburse
$(W)/exact/B17d.tsv: $(W)/base/F2.tsv
	@$(TB)aggregate -g product_class,product,bank $(LENT) -w 'txn_n > 0' $(call sums,txn_n wait_base $(WAITS:%=%_x)) $< $(into)
$(W)/tables/B17d.tsv: $(W)/exact/B17d.tsv $(call reference,codes)
	@$(call print,$(WAITS:%=wait_%)) $< | $(product_names) | $(call in_product_order) \
	| $(TB)derive -c product_class=class,product,bank,txn_n=txn,wait_submit=submit,wait_approve=approve,wait_disburse=disburse $(into)

$(W)/exact/B17e.tsv: $(W)/base/F2.tsv
	@$(TB)aggregate -g collateral,product,bank --rollup --total collateral=合计 --total product=合计 --total bank=合计 --grouping level -w 'new_collateral == 1' \
		-a 'areas=count_distinct(area)' $(PRODUCT_SUMS) $< | $(TB)derive -w 'level in (0, 3, 7) and areas > 0' $(into)
$(W)/tables/B17e.tsv: $(W)/exact/B17e.tsv $(call reference,codes)
	@$(call print,avg_loan $(PRODUCT_AMOUNTS:%=pr_%)) $< | $(TB)lookup -k product -c name_zh=product_name $(call reference,products) | $(call coded,collateral) | $(bank_names) \
	| $(TB)derive -a "all=if(collateral == '合计', 1, 0)" -a "last=if(product == '合计', 1, 0)" | $(TB)rank --sort -k all:asc,collateral:text,last:asc,product:text,bank_order:asc \
	| $(TB)derive -a 'collateral=coalesce(collateral_name, collateral)' -a 'product=coalesce(product_name, product)' -a 'bank=coalesce(bank_name, bank)' \
		-c collateral,product,bank,areas,cust_n=cust,txn_n=txn,pr_credit=credit,pr_ytd=ytd,pr_cum=cum,pr_bal=bal,avg_loan $(into)
