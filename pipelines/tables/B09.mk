# B09 to B09h 信贷产品: what banks lend by product and at what price, by product and bank, by area, by bank and by town; the catalogues that
# counties hand out; the terms that rules rest on. 其他贷款, all loans of no product, stands only in the share of the others.

$(call made,F2 F1 products rates codes,B09 B09b B09c B09d B09e B09f)
$(call made,products catalogue codes,B09g)
$(call made,products rates codes,B09h)

PRODUCT_CLASSES = credit mortgage guarantee chain agri tech
OF_PRODUCT = name_zh=product_name,class=product_class,kind=cross,in_loans,cap_old,cap,cap_from,term_old,term,collateral,new_collateral,discount_max,lpr_bp
at_first = '$(MONTH)' < coalesce(text(cap_from), '')

# The rows of F2 with their products, and the terms of the month: cap and term, the one-year LPR, yuan for a dollar. What is weighted has an
# amount beside it over the same rows: rates and cuts by what was issued, days by the number of loans.
$(W)/base/F2.tsv: $(W)/clean/F2.tsv $(call reference,products) $(call reference,rates) $(call spec,tables/B09.mk) $(FILTERS) | $(W)/base
	@$(TB)lookup -k product -c $(OF_PRODUCT) $(call reference,products) $< | $(TB)lookup -k period -c lpr_1y,fx_usd $(call reference,rates) \
	| $(TB)derive -a "cap=if($(at_first), num(cap_old), num(cap))" -a 'cap=if(is_missing(cap), na, num(cap))' -a "term=if($(at_first), num(term_old), num(term))" \
		-a 'over=if(is_na(cap), na, num(credit > approved_n * cap))' \
		-a 'now_x=issue_ytd * rate_w' -a 'now_loan=if(is_na(rate_w), na, num(issue_ytd))' \
		-a 'bp_x=issue_ytd * bp_cut' -a 'bp_base=if(is_na(bp_cut), na, num(issue_ytd))' \
		-a 'guar_x=issue_ytd * guar_fee' -a 'guar_base=if(is_na(guar_fee), na, num(issue_ytd))' -a 'guar_due=if(is_na(guar_fee), na, issue_ytd * guar_fee / 100 * term)' \
		-a 'cut_x=issue_ytd * fee_cut' -a 'wait_base=if(is_na(days_disburse), na, num(txn_n))' \
		$(foreach d,submit approve disburse,-a '$(d)_x=txn_n * days_$(d)') $(into)

LENT = -w "in_loans == 1 and product_class != 'other'"
PRODUCT_AMOUNTS = credit used ytd ind cum bal
PRODUCT_SUMS = -a 'rows=count()' $(call sums,cust_n cust_cum txn_n txn_cum approved_n) -a 'p_credit=sum(credit)' -a 'p_used=sum(used)' -a 'p_ytd=sum(issue_ytd)' \
	-a 'p_ind=sum(ind_ytd)' -a 'p_cum=sum(issue_cum)' -a 'p_bal=sum(bal)' -a 'over=sum(over)'
PRICE_SUMS = $(call sums,now_x now_loan bp_x bp_base) -a 'rate_min=min(rate_min)' -a 'p_saved=sum(saved_ytd)'

# Rows of a bank's product, a total of every class, and one of all: levels 0, 3 and 7. Terms are those of a product, not of a total. Where
# nobody has filed there is no total either.
by_product = $(TB)aggregate -g product_class,product,bank --rollup --total product=合计 --total bank=合计 --total product_class=合计 --grouping level $(LENT)
DETAIL_AND_CLASS = $(TB)derive -w 'level in (0, 3, 7) and rows > 0' $(foreach t,$(1),-a '$(t)=if(level == 0, num($(t)), na)')
product_names = $(TB)lookup -k product -c name_zh=product_name $(call reference,products) | $(call coded,product_class) | $(bank_names)
in_product_order = $(TB)derive -a "class_order=$(call place_in,product_class,$(PRODUCT_CLASSES) cross refinance)" -a "last=if(product == '合计', 1, 0)" \
	| $(TB)rank --sort -k $(1)class_order:asc,last:asc,product:text,bank_order:asc \
	| $(TB)derive -a 'product_class=coalesce(product_class_name, product_class)' -a 'product=coalesce(product_name, product)' -a 'bank=coalesce(bank_name, bank)'

$(W)/exact/B09.tsv: $(W)/base/F2.tsv
	@$(by_product) -a 'areas=count_distinct(area)' $(PRODUCT_SUMS) -a 'cap=max(cap)' $< | $(call DETAIL_AND_CLASS,cap) $(into)
$(W)/tables/B09.tsv: $(W)/exact/B09.tsv $(call reference,codes)
	@$(call print,use_rate avg_credit avg_loan $(PRODUCT_AMOUNTS:%=pr_%)) $< | $(product_names) | $(call in_product_order) \
	| $(TB)derive -c product_class=class,product,bank,areas,cust_n=cust,cust_cum,txn_n=txn,txn_cum,pr_credit=credit,pr_used=used,use_rate,pr_ytd=ytd,pr_ind=ind,pr_cum=cum,pr_bal=bal,avg_credit,avg_loan,cap,over $(into)

$(W)/exact/B09b.tsv: $(W)/base/F2.tsv
	@$(by_product) -a 'rows=count()' $(call sums,contact_n contact_hh_n applied_n approved_n guar_x guar_base guar_due payroll_n) -a 'p_ytd=sum(issue_ytd)' $(PRICE_SUMS) \
		-a 'lpr_1y=max(lpr_1y)' -a 'lpr_bp=max(lpr_bp)' $< | $(call DETAIL_AND_CLASS,lpr_1y lpr_bp) $(into)
$(W)/tables/B09b.tsv: $(W)/exact/B09b.tsv $(call reference,codes)
	@$(TB)derive -a 'lpr_bp=if(is_missing(lpr_bp), na, num(lpr_bp))' $< \
	| $(call print,approval_rate rate_now rate_least lpr_floor bp_avg guar_rate guar_due pr_saved) | $(product_names) | $(call in_product_order) \
	| $(TB)derive -c product_class=class,product,bank,contact_n=contact,contact_hh_n=contact_hh,applied_n=applied,approved_n=approved,approval_rate,rate_least=rate_min,lpr_floor=floor,rate_now=rate_w,bp_avg=bp_cut,pr_saved=saved,guar_rate=guar_fee,guar_due,payroll_n=payroll $(into)

# By area: its products, then its total.
$(W)/exact/B09c.tsv: $(W)/base/F2.tsv
	@$(TB)aggregate -g area,product,bank --rollup --total area=全市 --total product=合计 --total bank=合计 --grouping level $(LENT) \
		-a 'product_class=first(product_class)' $(PRODUCT_SUMS) $< | $(call DETAIL_AND_CLASS,) \
	| $(TB)derive -a 'product_class=if(level == 0, text(product_class), product)' $(into)
$(W)/tables/B09c.tsv: $(W)/exact/B09c.tsv $(call reference,codes)
	@$(call print,avg_credit avg_loan $(PRODUCT_AMOUNTS:%=pr_%)) $< | $(call area_names,) | $(product_names) | $(call in_product_order,area_order:asc$(comma)) \
	| $(TB)derive -a 'area=coalesce(area_name, area)' -c area,product,bank,cust_n=cust,txn_n=txn,txn_cum,pr_credit=credit,pr_ytd=ytd,pr_ind=ind,pr_cum=cum,pr_bal=bal,avg_credit,avg_loan $(into)

# What products are of all that was issued (F1): by area, and by bank over all areas.
AGGREGATE_COLUMNS = products,cust_n=cust,txn_n=txn,py_credit=credit,py_used=used,use_rate,py_ytd=ytd,ytd_share=share,py_ind=ind,py_bal=bal,rate_now=rate_w,pr_saved=saved,over
AGGREGATE_PRINT = $(call print,use_rate ytd_share rate_now $(PRODUCT_AMOUNTS:%=py_%) pr_saved)
$(W)/exact/B09d.tsv: $(W)/base/F2.tsv $(W)/exact/B03c.tsv
	@$(by_area) $(LENT) -a 'products=count_distinct(product)' $(PRODUCT_SUMS) $(PRICE_SUMS) $< | $(TB)derive -w 'rows > 0' | $(TB)lookup -k area -c iss_ytd $(W)/exact/B03c.tsv $(into)
$(W)/tables/B09d.tsv: $(W)/exact/B09d.tsv
	@$(AGGREGATE_PRINT) $< | $(and_city) | $(areas_in_order) | $(TB)derive -c area,$(AGGREGATE_COLUMNS) $(into)
$(W)/exact/B09e.tsv: $(W)/base/F2.tsv $(W)/exact/B03d.tsv
	@$(by_bank) $(LENT) -a 'products=count_distinct(product)' $(PRODUCT_SUMS) $(PRICE_SUMS) $< | $(TB)derive -w 'rows > 0' \
	| $(TB)lookup -k bank -c iss_ytd <($(TB)derive -w "area == '全市'" $(W)/exact/B03d.tsv) $(into)
$(W)/tables/B09e.tsv: $(W)/exact/B09e.tsv
	@$(AGGREGATE_PRINT) $< | $(bank_in_order) -c bank,$(AGGREGATE_COLUMNS) $(into)

# Towns that banks report by themselves.
$(W)/exact/B09f.tsv: $(W)/base/F2.tsv
	@$(TB)aggregate -g area,town,product,bank $(LENT) -w 'not is_missing(town)' -a 'product_class=first(product_class)' $(PRODUCT_SUMS) $< $(into)
$(W)/tables/B09f.tsv: $(W)/exact/B09f.tsv $(call reference,codes)
	@$(call print,avg_credit avg_loan $(PRODUCT_AMOUNTS:%=pr_%)) $< | $(call area_names,) | $(product_names) \
	| $(call in_product_order,area_order:asc$(comma)town:text$(comma)) \
	| $(TB)derive -c area_name=area,town,product,bank,cust_n=cust,txn_n=txn,pr_credit=credit,pr_ytd=ytd,pr_cum=cum,pr_bal=bal,avg_credit,avg_loan $(into)

# The catalogues: by class, and in all.
$(W)/exact/B09g.tsv: $(call reference,catalogue) $(call reference,products)
	@$(TB)lookup -k product -c class=product_class,bank,unsecured $(call reference,products) $< \
	| $(TB)aggregate -g area,book,product_class --rollup --total product_class=合计 --grouping level -a 'products=count()' \
		-a 'classes=count_distinct(product_class)' -a 'banks=count_distinct(bank)' -a 'unsecured=count(when=unsecured == 1)' \
	| $(TB)derive -w 'level in (0, 1) and products > 0' -a 'classes=if(level == 0, na, num(classes))' $(into)
$(W)/tables/B09g.tsv: $(W)/exact/B09g.tsv $(call reference,codes)
	@$(call area_names,) $< | $(call coded,product_class) | $(TB)derive -a "class_order=$(call place_in,product_class,$(PRODUCT_CLASSES))" \
	| $(TB)rank --sort -k area_order:asc,book:text,class_order:asc \
	| $(TB)derive -a 'product_class=coalesce(product_class_name, product_class)' -c area_name=area,book,product_class=class,products,classes,banks,unsecured $(into)

# The terms of products that have any, with the lowest rate that the LPR of the month allows (D21).
WHOLE_TERMS = cap_old cap bp_min bp_max lpr_bp
YEARS_AND_TIMES = term_old term rise_min rise_max
PERCENT_TERMS = guar_fee discount_max
TERMS = $(WHOLE_TERMS) $(YEARS_AND_TIMES) $(PERCENT_TERMS) cap_from
term = $(foreach t,$(1),-a '$(t)=if(is_missing($(t)), na, $(subst @,$(t),$(2)))')
$(W)/exact/B09h.tsv: $(call reference,products) $(call reference,rates)
	@$(TB)derive -w 'not (is_missing(cap) and is_missing(bp_min) and is_missing(lpr_bp) and is_missing(discount_max))' -a "period='$(MONTH)'" \
		-c period,product,name_zh=product_name,bank,class=product_class,$(subst $() ,$(comma),$(TERMS)) $< | $(TB)lookup -k period -c lpr_1y $(call reference,rates) $(into)
$(W)/tables/B09h.tsv: $(W)/exact/B09h.tsv $(call reference,codes)
	@$(TB)derive $(call term,$(WHOLE_TERMS),num(@)) $(call term,$(YEARS_AND_TIMES),round(@$(comma) 1)) $(call term,$(PERCENT_TERMS),round(@$(comma) 2)) \
		$(call term,cap_from,text(@)) $< | $(call print,lpr_floor) \
	| $(call coded,product_class) | $(bank_names) | $(call in_product_order) \
	| $(TB)derive -c product,bank,product_class=class,cap_old,cap,cap_from,term_old,term,rise_min,rise_max,guar_fee,bp_min,bp_max,lpr_bp,lpr_floor=floor,discount_max $(into)
