# B18, B18b 防范非法集资线索排查: what became of the clues, how many villages are free of illegal fundraising; and the firms on the
# list, inspected and with what outcome. An outcome is one of six, so that they add up to the firms inspected.

$(call made,L9,B18 B18b)

CLUE_COUNTS = clues filed verified open_30 open_90 rewarded
$(W)/base/clues.tsv: $(W)/clean/L9.tsv $(W)/check/ledgers.tsv | $(W)/base
	@$(by_area) -w "kind == 'clue'" -a 'clues=count()' -a "filed=count(when=outcome == 'filed')" -a "verified=count(when=outcome == 'verified')" \
		-a "open_30=count(when=is_missing(outcome) and days(date, '$(MONTH_END)') > 30)" \
		-a "open_90=count(when=is_missing(outcome) and days(date, '$(MONTH_END)') > 90)" \
		-a 'rewarded=count(when=reward > 0)' -a 'reward=sum(reward)' $< | $(call every_area,L9,$(CLUE_COUNTS) reward) $(into)

# A bureau that keeps no register of villages has the rest of the table.
KEEPS_VILLAGES := $(filter L14,$(LEDGER_KINDS))
$(W)/base/villages.tsv: $(if $(KEEPS_VILLAGES),$(W)/clean/L14.tsv) $(W)/check/ledgers.tsv | $(W)/base
	@$(if $(KEEPS_VILLAGES),$(by_area) $(call sums,villages clean) $< | $(call if_read,L14,-),printf 'area\tvillages\tclean\n') $(into)
$(W)/exact/B18.tsv: $(W)/base/clues.tsv $(W)/base/villages.tsv
	@$(TB)derive -c area $(REFS)/areas.tsv | $(and_city) | $(TB)lookup -k area $< | $(TB)lookup -k area $(W)/base/villages.tsv $(into)
$(W)/tables/B18.tsv: $(W)/exact/B18.tsv
	@$(call print,clue_rate clean_share reward) $< | $(areas_in_order) \
	| $(TB)derive -c area,clues,filed,verified,clue_rate=rate,open_30,open_90,rewarded,reward,villages,clean,clean_share $(into)

ACTED = dereg revoked renamed rescoped police
OUTCOMES = $(ACTED) none
$(W)/exact/B18b.tsv: $(W)/clean/L9.tsv $(W)/check/ledgers.tsv
	@$(by_area) -w "kind == 'check'" -a 'listed=count(when=name_hit == 1)' -a 'inspected=count(when=inspected == 1)' \
		$(foreach o,$(OUTCOMES),-a "$(o)=count(when=outcome == '$(o)')") -a "acted=count(when=outcome in ($(subst $() ,$(comma) ,$(ACTED:%='%'))))" $< \
	| $(call every_area,L9,listed inspected $(OUTCOMES) acted) $(into)
$(W)/tables/B18b.tsv: $(W)/exact/B18b.tsv
	@$(call print,coverage acted_share $(OUTCOMES:%=%_share)) $< | $(and_city) | $(areas_in_order) \
	| $(TB)derive -c area,listed,inspected,coverage,acted,acted_share,$(subst $() ,$(comma),$(foreach o,$(OUTCOMES),$(o) $(o)_share)) $(into)
