# B14 直接融资表: what firms raised from January to the month, by the date of each issue, against the same months of last year;
# by area, and by area and instrument (B14b), there beside all that the ledger holds. A ledger that does not reach back to
# last year says nothing of it.

$(call made,L4,B14 B14b)

B14_INSTRUMENTS = ipo neeq bond convertible fund other
B14_NOW = year(date) == $(YEAR) and period(date) <= '$(MONTH)'
B14_THEN = year(date) == $(LAST_YEAR) and period(date) <= '$(SAME)'
B14_SUMS = -a "firms=count_distinct(company, when=$(B14_NOW))" -a "raised=sum(amt, when=$(B14_NOW))" \
	-a "raised_month=sum(amt, when=period(date) == '$(MONTH)')" -a "raised_same=sum(amt, when=$(B14_THEN))"
B14_REACHES_BACK = $$($(TB)derive -w "year(date) < $(YEAR)" $< | sed 1d | wc -l) > 0
B14_EXACT = $(TB)derive -a "raised_same=if($(B14_REACHES_BACK), num(raised_same), missing)"

$(W)/exact/B14.tsv: $(W)/clean/L4.tsv $(W)/check/ledgers.tsv
	@$(by_area) $(B14_SUMS) $(foreach i,$(B14_INSTRUMENTS),-a "raised_$i=sum(amt, when=instrument == '$i' and $(B14_NOW))") $< \
	| $(call every_area,L4,firms raised raised_month raised_same $(B14_INSTRUMENTS:%=raised_%)) | $(B14_EXACT) $(into)
B14_COLUMNS = $(foreach i,$(B14_INSTRUMENTS),raised_$i=$i) raised=total raised_month=month raised_same=same raised_inc=inc raised_growth=growth rank
$(W)/tables/B14.tsv: $(W)/exact/B14.tsv
	@$(call print,raised_growth raised_inc $(B14_INSTRUMENTS:%=raised_%) raised raised_month raised_same) $< \
	| $(call ranked,raised,desc,rank) | $(and_city) | $(areas_in_order) \
	| $(TB)derive -c area,firms,$(subst $() ,$(comma),$(B14_COLUMNS)) $(into)

# In 万元: one issue may be small.
$(W)/exact/B14b.tsv: $(W)/clean/L4.tsv
	@$(TB)aggregate -g area,instrument --cube --total area=全市 --total instrument=合计 $(B14_SUMS) \
		-a 'firms_ever=count_distinct(company)' -a 'raised_ever=sum(amt)' $< | $(B14_EXACT) $(into)
B14b_COLUMNS = raised_wan=amt raised_month_wan=month raised_same_wan=same raised_inc_wan=inc raised_growth=growth firms_ever=cum_firms raised_ever_wan=cum
$(W)/tables/B14b.tsv: $(W)/exact/B14b.tsv $(W)/check/ledgers.tsv
	@$(call if_read,L4,$<) | $(call print,raised_growth raised_inc_wan raised_wan raised_month_wan raised_same_wan raised_ever_wan) - \
	| $(call area_names,) | $(TB)derive -a "instrument_order=$(call place_in,instrument,$(B14_INSTRUMENTS))" \
	| $(TB)rank --sort -k area_order:asc,instrument_order:asc | $(TB)derive -a 'area=coalesce(area_name, area)' \
		-c area,instrument,firms,$(subst $() ,$(comma),$(B14b_COLUMNS)) $(into)
