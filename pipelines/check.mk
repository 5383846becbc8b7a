# The check part of a month: who filed, in which state, what failed, how often each rule ran.

CHECKS := $(addprefix $(W)/check/,filers.tsv failures.tsv rules.tsv ledgers.tsv resubmissions.tsv status sheets.done)

# What people have decided stands in decisions/MONTH, each file checked against its schema: a mistake there stops the
# month and is named where it stands. A header-only table stands for a file nobody has written.
decided = $(wildcard $(DECISIONS)/$(1).tsv) $(call spec,schema/$(1).tsv)
decision = if [ -f $(DECISIONS)/$(1).tsv ]; then $(TB)validate -s $(call spec,schema/$(1).tsv) -o $(W)/check/$(1).new $(DECISIONS)/$(1).tsv || exit 2; \
	else grep -v '^\#' $(call spec,schema/$(1).tsv) | cut -f1 | sed 1d | paste -s > $(W)/check/$(1).new; fi; \
	$(RULES)/when-changed $(W)/check/$(1).tsv < $(W)/check/$(1).new
$(W)/check/overrides.tsv $(W)/check/acceptances.tsv $(W)/check/confirmations.tsv: $(W)/check/%.tsv: $$(call decided,$$*) $(FILTERS) FORCE
	@mkdir -p $(@D)
	@$(call decision,$*)

# Two different names make an override, and an acceptance where the site asks for four eyes.
FOUR_EYES ?= 0
TWO_NAMES = not (is_missing($(1)) or is_missing($(2))) and lower($(1)) != lower($(2))

$(W)/check/states.tsv: $(STATES) $(W)/returns.list $(FILTERS)
	$(call say,read $(words $(RETURNS)) returns and $(words $(LEDGER_NAMES)) ledgers)
	@mkdir -p $(@D)
	@echo return institution sequence state errors confirms undecided received_at reason | tr ' ' '\t' > $@.none
	@$(TB)derive $@.none $(STATES) $(into)

# Every institution of the roster, filed or not, and whoever else has filed.
$(W)/check/filers.tsv: $(W)/check/states.tsv $(W)/check/overrides.tsv $(W)/check/acceptances.tsv $(REFS)/roster.tsv $(REFS)/institutions.tsv \
		$(REFS)/calendar.tsv $(W)/specifications.list $(FILTERS)
	@$(TB)derive -w "from <= '$(MONTH)' and (is_missing(to) or to >= '$(MONTH)')" -a expected=1 -c return,institution,expected $(REFS)/roster.tsv \
	| $(TB)lookup -k return,institution --outer $(W)/check/states.tsv \
	| $(TB)lookup -k institution=bank -c name_zh=name,class,order $(REFS)/institutions.tsv \
	| $(TB)lookup -k return -c due <($(TB)derive -w "period == '$(MONTH)'" $(REFS)/calendar.tsv) \
	| $(TB)lookup -k return,institution,sequence -c by,checked_by,reason=override $(W)/check/overrides.tsv \
	| $(TB)lookup -k return,institution,sequence -c prepared_by,checked_by=accepted_by $(W)/check/acceptances.tsv \
	| $(TB)derive -a "state=coalesce(state, 'expected')" -a 'expected=coalesce(expected, 0)' \
		-a "late=if(is_missing(received_at), 0, if(substr(received_at, 1, 10) > text(due), 1, 0))" \
		-a "overridden=if(state in ('blocked', 'to_confirm') and $(call TWO_NAMES,by,checked_by), 1, 0)" \
		-a "awaited=if(state == 'accepted' and $(FOUR_EYES) == 1 and not ($(call TWO_NAMES,prepared_by,accepted_by)), 1, 0)" \
		-a "reason=if(overridden == 1, concat(coalesce(reason, ''), ' / 经批准计入 let in by ', by, ', ', checked_by, ': ', coalesce(override, '')), reason)" \
		-a "entered=if((state == 'accepted' and awaited == 0) or overridden == 1, 1, 0)" \
	| $(TB)rank --sort -k return:text,order:asc,institution:text \
	| $(TB)derive -c return,institution,name,class,sequence,state,late,expected,entered,overridden,awaited,errors,confirms,undecided,received_at,due,reason $(into)

# Every ledger that the bureau keeps, delivered or not.
$(W)/check/ledgers.tsv: $(LEDGER_STATES) $(W)/returns.list $(INPUTS) $(FILTERS)
	@mkdir -p $(@D)
	@printf '%s\n' ledger $(LEDGER_KINDS) > $@.kinds
	@echo return institution sequence state errors confirms undecided received_at reason | tr ' ' '\t' > $@.none
	@$(TB)derive -c return=ledger,state,errors,confirms,undecided $@.none $(LEDGER_STATES) \
	| $(TB)lookup -k ledger -c state,errors,confirms,undecided - $@.kinds \
	| $(TB)lookup -k ledger=input -c name_zh=name <(grep -v '^\#' $(INPUTS)) \
	| $(TB)derive -a "state=coalesce(state, 'expected')" -c ledger,name,state,errors,confirms,undecided $(into)

# What the tables are made of, rewritten only when it changes: the clean rows of a return, or all of them where two
# people have let it in as it is.
$(RETURN_KINDS:%=$(W)/check/accepted.%.list): $(W)/check/accepted.%.list: $(W)/check/filers.tsv
	@$(TB)derive -w "entered == 1 and return == '$*'" \
		-a "name=concat(return, '.', institution, '.', text(sequence), if(overridden == 1, '/all', '/clean'))" -c name $< \
		| sed 1d | $(RULES)/when-changed $@

$(W)/check/failures.tsv: $(STATES) $(LEDGER_STATES) $(W)/returns.list $(RECEIPTS) $(RULES)/check-inbox $(RULES)/finding
	@mkdir -p $(@D)
	@PERIOD=$(MONTH) KINDS='$(RETURN_KINDS)' $(RULES)/check-inbox $(INBOX) '$(TB)' > $(@D)/inbox.failures
	@$(TB)derive $(@D)/inbox.failures $(STATES:%/state.tsv=%/failures.tsv) $(LEDGER_STATES:%/state.tsv=%/failures.tsv) $(into)

# What a return that was sent again has changed against the file before it, cell by cell.
$(W)/check/resubmissions.tsv: $(STATES) $(SUPERSEDED:%=$(W)/returns/%/state.tsv) $(W)/returns.list $(RULES)/resubmissions $(RULES)/differences
	@mkdir -p $(@D)
	@TB='$(TB)' RETURNS='$(RETURNS)' SUPERSEDED='$(SUPERSEDED)' $(foreach r,$(RETURN_KINDS),SCHEMA_$(r)=$(call spec,schema/$(r).tsv)) \
		$(RULES)/resubmissions $(W)/returns $(into)

# How often every rule ran, over all returns that could be read; a return that was rejected has no counts.
$(W)/check/rules.tsv: $(STATES) $(LEDGER_STATES) $(W)/returns.list
	@mkdir -p $(@D)
	@printf 'rule\tseverity\trun\tpass\tfail\tundecided\tskipped\twhy\n' > $@.none
	@for dir in $(STATES:%/state.tsv=%) $(LEDGER_STATES:%/state.tsv=%); do [ ! -f $$dir/counts.tsv ] || echo $$dir/counts.tsv; done \
	| xargs $(TB)derive $@.none \
	| $(TB)aggregate -g rule,severity $(foreach c,run pass fail undecided skipped,-a '$(c)=sum($(c))') $(into)

# One sheet for each institution that has something to mend, as text to send back.
$(W)/check/sheets.done: $(W)/check/failures.tsv $(call spec,columns.tsv)
	@rm -rf $(W)/check/sheets; mkdir -p $(W)/check/sheets
	@$(TB)derive -w "not is_missing(institution)" -c institution $< | sed 1d | sort -u | while read -r bank; do \
		$(TB)derive -w "institution == '$$bank'" \
			-c severity,rule,result,file,line,cell,header,actual,expected,difference,allowance,message_zh,hit_key $< \
		| $(TB)render -l $(call spec,columns.tsv) --table failures --title "$(MONTH) $$bank 数据质量核对单" > $(W)/check/sheets/$$bank.txt; \
	done
	@touch $@

# The verdict: 0 when every return entered the tables and nothing is open, else 1; then the counts in words.
$(W)/check/status: $(W)/check/filers.tsv $(W)/check/failures.tsv $(W)/check/ledgers.tsv $(RULES)/verdict
	$(call say,checked)
	@TB='$(TB)' MISSING='$(if $(filter $(W)/%,$(OPEN_F1)), $(OPENING))$(if $(filter $(W)/%,$(SAME_F1)), $(SAME))' $(RULES)/verdict $(@D) $(into)
