# B12e 应急转贷: emergency refinancing by credit grade and bank, and the discount of its fee beside the most that the grade allows (T3)

$(call made,F2 products rates,B12e)

$(W)/exact/B12e.tsv: $(W)/base/F2.tsv
	@$(TB)aggregate -w "product_class == 'refinance'" -g product,bank --rollup --total product=合计 --total bank=合计 --grouping level \
		-a 'rows=count()' $(call sums,cust_n txn_n cut_x) -a 'p_ytd=sum(issue_ytd)' -a 'discount_max=max(discount_max)' $< \
	| $(TB)derive -w 'rows > 0' -a 'discount_max=if(level == 3, na, round(discount_max, 2))' $(into)
$(W)/tables/B12e.tsv: $(W)/exact/B12e.tsv
	@$(call print,refi_cut pr_ytd) $< | $(TB)lookup -k product -c name_zh=product_name $(call reference,products) | $(bank_names) \
	| $(TB)derive -a "last=if(product == '合计', 1, 0)" | $(TB)rank --sort -k last:asc,product:text,bank_order:asc \
	| $(TB)derive -a 'product=coalesce(product_name, product)' -a 'bank=coalesce(bank_name, bank)' -c product,bank,cust_n=cust,txn_n=txn,pr_ytd=ytd,refi_cut=fee_cut,discount_max $(into)
