# B16 跨境金融业务表: services by kind, each kind ranked by itself; dollars in yuan at the rate of the month's end (T11)

$(call made,F2 products rates codes,B16)

in_dollars = sum($(1), when=ccy == 'USD')
in_yuan = sum(if(ccy == 'USD', $(1) * fx_usd, num($(1))))
$(W)/exact/B16.tsv: $(W)/base/F2.tsv
	@$(TB)aggregate -w "product_class == 'cross'" -g cross,product,bank --rollup --total cross=合计 --total product=合计 --total bank=合计 --grouping level \
		-a 'areas=count_distinct(area)' -a 'firms=sum(cust_cum)' -a 'txns=sum(txn_cum)' $(foreach t,ytd cum,-a "usd_$(t)=$(call in_dollars,issue_$(t))" \
		-a "cny_$(t)=$(call in_yuan,issue_$(t))") -a 'fee=max(fee)' -a 'loss=max(loss)' $< | $(TB)derive -w 'level in (0, 3, 7) and areas > 0' $(into)
$(W)/tables/B16.tsv: $(W)/exact/B16.tsv $(call reference,codes)
	@$(TB)lookup -k cross -c cny_cum=kind_cum <($(TB)derive -w 'level == 3' $<) $< \
	| $(TB)derive -a 'kind_cum=if(level == 7, na, num(kind_cum))' | $(call print,cross_avg cross_share usd_ytd usd_cum cny_ytd cny_cum) \
	| $(TB)rank -k firms -g cross -w 'level == 0' -c firms_rank | $(TB)rank -k cny_cum -g cross -w 'level == 0' -c amount_rank \
	| $(TB)lookup -k product -c name_zh=product_name $(call reference,products) | $(call coded,cross) | $(bank_names) \
	| $(TB)derive -a "last=if(product == '合计', 1, 0)" -a "kind_order=$(call place_in,cross,collection cips)" | $(TB)rank --sort -k kind_order:asc,last:asc,amount_rank:asc,product:text \
	| $(TB)derive -a 'cross=coalesce(cross_name, cross)' -a 'product=coalesce(product_name, product)' -a 'bank=coalesce(bank_name, bank)' \
		-c cross=kind,product,bank,areas,firms,txns,usd_ytd,usd_cum,cny_ytd,cny_cum,cross_avg=average,cross_share=share,firms_rank,amount_rank,fee,loss $(into)
