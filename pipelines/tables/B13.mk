# B13 上市挂牌梯队进度表: the lists that firms stand on and their requests; where they stand on the ladder, by board (B13b) and by
# town (B13d); those that are listed (B13c). A firm stands at the last step it has taken; a list or a step that it has not
# reached is a date that is missing.

$(call made,L3,B13 B13b B13c B13d)

B13_LISTS = reserve successive seed
B13_LADDER = intent start contract tutoring accepted listed
B13_reached = not is_missing($(1)_date)
B13_in_month = period($(1)_date) == '$(MONTH)'
B13_in_year = year($(1)_date) == $(YEAR)
B13_firms = -a "$(1)=count_distinct(company, when=$(2))"
# The first of the steps $(1) that a firm has taken.
B13_step = $(if $(1),if($(call B13_reached,$(firstword $(1))), '$(firstword $(1))', $(call B13_step,$(wordlist 2,9,$(1)))),'pool')

$(W)/base/ladder.tsv: $(W)/clean/L3.tsv $(RULES)/tables.mk $(TABLE_RULES) $(FILTERS) | $(W)/base
	@$(TB)derive -a "step=$(call B13_step,listed accepted tutoring contract start intent)" \
		-a "moved=$(foreach d,$(B13_LISTS) reform $(B13_LADDER),$(call B13_in_month,$d) or) false" \
		-a "reserve_aa=$(call B13_reached,reserve) and grade in ('AAA', 'AA')" \
		-a "waiting=days(open_since, '$(MONTH_END)') > 30" $< $(into)

B13_LISTED_ON = $(foreach l,$(B13_LISTS),$(call B13_firms,$l,$(call B13_reached,$l)))
B13_COLUMNS = reserve,reserve_year,reserve_aa,successive,seed,seed_year,reform,reform_year,moved,request_n=requests,solved_n=solved,request_rate=solved_rate,open_30
B13_COUNTS = reserve successive seed reform reserve_year seed_year reform_year reserve_aa moved request_n solved_n open_30
$(W)/exact/B13.tsv: $(W)/base/ladder.tsv $(W)/check/ledgers.tsv
	@$(by_area) $(B13_LISTED_ON) $(call B13_firms,reform,$(call B13_reached,reform)) \
		$(foreach l,reserve seed reform,$(call B13_firms,$l_year,$(call B13_in_year,$l))) \
		$(call B13_firms,reserve_aa,reserve_aa == 1) $(call B13_firms,moved,moved == 1) \
		$(call sums,request_n solved_n) $(call B13_firms,open_30,waiting == 1) $< | $(call every_area,L3,$(B13_COUNTS)) $(into)
$(W)/tables/B13.tsv: $(W)/exact/B13.tsv
	@$(call print,request_rate) $< | $(and_city) | $(areas_in_order) | $(TB)derive -c area,$(B13_COLUMNS) $(into)

# By board; a firm on two boards counts once in the total.
B13_BOARDS = ipo neeq regional
B13_BY_BOARD = $(TB)aggregate -g area,board --cube --total area=全市 --total board=合计
B13_BY_BOARD_IN_ORDER = $(call if_read,L3,$(1)) | $(call area_names,) | $(TB)derive -a "board_order=$(call place_in,board,$(B13_BOARDS))" \
	| $(TB)rank --sort -k area_order:asc,board_order:asc | $(TB)derive -a 'area=coalesce(area_name, area)'

B13_STEPS = -a 'firms=count_distinct(company)' $(foreach s,pool $(B13_LADDER),$(call B13_firms,$s,step == '$s'))
B13_TUTORED = $(foreach t,csrc bureau,$(call B13_firms,$t,step == 'tutoring' and tutored_by == '$t'))
$(W)/exact/B13b.tsv: $(W)/base/ladder.tsv
	@$(B13_BY_BOARD) $(B13_STEPS) $(B13_TUTORED) $< $(into)
$(W)/tables/B13b.tsv: $(W)/exact/B13b.tsv $(W)/check/ledgers.tsv
	@$(call B13_BY_BOARD_IN_ORDER,$<) -c area,board,firms,pool,intent,start,contract,tutoring,csrc,bureau,accepted,listed $(into)

B13_LISTED = -a 'listed=count_distinct(company)' $(call B13_firms,listed_year,$(call B13_in_year,listed)) \
	$(call B13_firms,listed_month,$(call B13_in_month,listed)) $(foreach v,qilu lanhai,$(call B13_firms,$v,venue == '$v')) \
	$(call B13_firms,agri,sector == 'agriculture') $(call B13_firms,agri_year,sector == 'agriculture' and $(call B13_in_year,listed))
$(W)/exact/B13c.tsv: $(W)/base/ladder.tsv
	@$(B13_BY_BOARD) -w "$(call B13_reached,listed)" $(B13_LISTED) $< $(into)
$(W)/tables/B13c.tsv: $(W)/exact/B13c.tsv $(W)/check/ledgers.tsv
	@$(call B13_BY_BOARD_IN_ORDER,$<) -c area,board,listed,listed_year,listed_month,qilu,lanhai,agri,agri_year $(into)

$(W)/exact/B13d.tsv: $(W)/base/ladder.tsv
	@$(TB)aggregate -w 'not is_missing(town)' -g area,town $(B13_LISTED_ON) $(B13_STEPS) $< $(into)
$(W)/tables/B13d.tsv: $(W)/exact/B13d.tsv $(W)/check/ledgers.tsv
	@$(call if_read,L3,$<) | $(call area_names,) | $(TB)rank --sort -k area_order:asc,town:text \
	| $(TB)derive -a 'area=coalesce(area_name, area)' -c area,town,reserve,successive,seed,firms,pool,intent,start,contract,tutoring,accepted,listed $(into)
