# The check part of a month: who filed, in which state, what failed, how often each rule ran.

CHECKS := $(addprefix $(W)/check/,filers.tsv failures.tsv rules.tsv ledgers.tsv resubmissions.tsv status sheets.done)

# What people have decided stands in decisions/MONTH, each file checked against its schema: a mistake there stops the
# month and is named where it stands. A header-only table stands for a file nobody has written.
decided = $(wildcard $(DECISIONS)/$(1).tsv) $(call spec,schema/$(1).tsv)
$(W)/check/overrides.tsv $(W)/check/acceptances.tsv $(W)/check/confirmations.tsv: $(W)/check/%.tsv: $$(call decided,$$*) $(RULES)/decision $(FILTERS) FORCE | $$(@D)
	@$(RULES)/decision $(DECISIONS)/$*.tsv $(call spec,schema/$*.tsv) '$(TB)' > $@.checked || exit 2; $(RULES)/when-changed $@ < $@.checked

# An acceptance takes two different names where the site asks for four eyes.
FOUR_EYES ?= 0
TWO_NAMES = not (is_missing($(1)) or is_missing($(2))) and lower($(1)) != lower($(2))

# Who is missing and who came late, by the cards of the receipts. The card of this name says what is late: after free days
# and extensions.
LATE_RULE ?= receipts.extended
RECEIPT_REFS := roster calendar holidays extensions
RECEIPTS_HERE := $(or $(RECEIPTS),$(W)/empty/receipts.tsv)
RECEIPT_SPEC := $(call spec,schema/receipts.tsv) $(call spec,rules/receipts.tsv)
$(W)/receipts/run_id: $(RECEIPTS_HERE) $(RECEIPT_SPEC) $(foreach r,$(RECEIPT_REFS),$(call reference,$(r))) $(RULES)/read-receipts \
		$(W)/references.checked $(W)/specifications.list $(FILTERS) | $$(@D)
	@TB='$(TB)' PERIOD=$(MONTH) LATE_RULE='$(LATE_RULE)' SCHEMA=$(call spec,schema/receipts.tsv) CARDS=$(call spec,rules/receipts.tsv) \
		$(RULES)/read-receipts $< $(@D) $(foreach r,$(RECEIPT_REFS),$(r)=$(call reference,$(r)))

# All failures of the returns, and of the ledgers, and what has been decided of them. Ledgers are decided by themselves:
# their cards may look at the rows of the returns that were accepted.
DECIDE = TB='$(TB)' CONFIRMATIONS=$(W)/check/confirmations.tsv OVERRIDES=$(W)/check/overrides.tsv $(RULES)/decide
DECISIONS_MADE := $(W)/check/confirmations.tsv $(W)/check/overrides.tsv $(RULES)/decide $(RULES)/finding
failures_of = $(1:%/read.tsv=%/failures.tsv)
$(W)/returns/decided.tsv: $(READS) $(W)/returns.list $(RECEIPTS_HERE) $(W)/receipts/run_id $(DECISIONS_MADE) $(RULES)/check-inbox $(FILTERS) | $$(@D)
	@PERIOD=$(MONTH) RUN_ID=$$(cat $(W)/receipts/run_id) KINDS='$(RETURN_KINDS)' $(RULES)/check-inbox $(INBOX) '$(TB)' > $(@D)/inbox.failures
	@$(TB)derive $(@D)/inbox.failures $(W)/receipts/failures.tsv $(call failures_of,$(READS)) > $(@D)/all.failures
	@$(DECIDE) $(@D)/all.failures $(RECEIPTS_HERE) $(@D)
$(W)/ledgers/decided.tsv: $(LEDGER_READS) $(W)/returns.list $(RECEIPTS_HERE) $(DECISIONS_MADE) $(FILTERS) | $$(@D)
	@$(RULES)/finding -h > $(@D)/none.failures
	@$(TB)derive $(@D)/none.failures $(call failures_of,$(LEDGER_READS)) > $(@D)/all.failures
	@$(DECIDE) $(@D)/all.failures $(RECEIPTS_HERE) $(@D)
$(W)/check/failures.tsv: $(W)/returns/decided.tsv $(W)/ledgers/decided.tsv
	@$(TB)derive $(^:%/decided.tsv=%/failures.tsv) $(into)

# The state of a return.
READ_COLUMNS = echo return institution sequence file read received_at reason | tr ' ' '\t'
OPEN_COUNTS = errors confirms undecided
counted = $(foreach c,$(1),-a '$(c)=coalesce($(c), 0)')
$(W)/check/states.tsv: $(READS) $(W)/returns/decided.tsv $(W)/returns.list $(FILTERS) | $$(@D)
	$(call say,read $(words $(RETURNS)) returns and $(words $(LEDGER_NAMES)) ledgers)
	@$(READ_COLUMNS) > $@.none
	@$(TB)derive $@.none $(READS) | $(TB)lookup -k file -c errors,confirms,undecided,overridden,key,rules,let_in $(W)/returns/decided.tsv \
	| $(TB)derive $(call counted,$(OPEN_COUNTS) overridden) \
		-a "state=if(read == 'rejected', 'rejected', if(errors > 0, 'blocked', if(confirms + undecided > 0, 'to_confirm', 'accepted')))" \
		-a "reason=if(state in ('blocked', 'to_confirm'), rules, reason)" \
		-c return,institution,sequence,state,errors,confirms,undecided,overridden,key,let_in,received_at,reason $(into)

# Earlier files of a return that was sent again.
$(W)/check/superseded.tsv: $(RECEIPTS_HERE) $(W)/returns.list $(FILTERS) | $$(@D)
	@printf '%s\n' file $(SUPERSEDED) | $(TB)lookup -k file -c return,institution,sequence,received_at $(RECEIPTS_HERE) \
	| $(TB)derive -a "state='superseded'" -c return,institution,sequence,state,received_at $(into)

# Every institution of the roster, filed or not, and whoever else has filed; then the files that later ones replaced.
$(W)/check/filers.tsv: $(W)/check/states.tsv $(W)/check/superseded.tsv $(W)/receipts/run_id $(W)/check/acceptances.tsv $(REFS)/roster.tsv \
		$(REFS)/institutions.tsv $(REFS)/calendar.tsv $(W)/specifications.list $(FILTERS)
	@$(TB)derive -w "from <= '$(MONTH)' and (is_missing(to) or to >= '$(MONTH)')" -a expected=1 -c return,institution,expected $(REFS)/roster.tsv \
	| $(TB)lookup -k return,institution --outer $(W)/check/states.tsv \
	| $(TB)lookup -k return,institution,sequence,state,received_at --outer $(W)/check/superseded.tsv \
	| $(TB)lookup -k institution=bank -c name_zh=name,class,order $(REFS)/institutions.tsv \
	| $(TB)lookup -k return -c due=calendar <($(TB)derive -w "period == '$(MONTH)'" $(REFS)/calendar.tsv) \
	| $(TB)derive -a "file=concat(return, '.', institution, '.', text(sequence))" \
	| $(TB)lookup -k file=key -c expected=due_at_last,rule=came_late <($(TB)derive -w "rule == '$(LATE_RULE)' and result == 'fail'" $(W)/receipts/failures.tsv) \
	| $(TB)lookup -k return,institution,sequence -c prepared_by,checked_by=accepted_by $(W)/check/acceptances.tsv \
	| $(TB)derive -a "state=coalesce(state, 'expected')" -a 'expected=coalesce(expected, 0)' -a 'due=coalesce(text(due_at_last), text(calendar))' \
		-a 'late=if(is_missing(came_late), 0, 1)' -a 'overridden=if(coalesce(num(overridden), 0) > 0, 1, 0)' \
		-a "awaited=if(state == 'accepted' and overridden == 0 and $(FOUR_EYES) == 1 and not ($(call TWO_NAMES,prepared_by,accepted_by)), 1, 0)" \
		-a "reason=if(overridden == 1, concat(if(is_missing(reason), '', concat(reason, ' / ')), '经批准计入 let in by ', let_in), reason)" \
		-a "entered=if(state == 'accepted' and awaited == 0, 1, 0)" \
	| $(TB)rank --sort -k return:text,order:asc,institution:text,sequence:desc \
	| $(TB)derive -c return,institution,name,class,sequence,state,late,expected,entered,overridden,awaited,errors,confirms,undecided,received_at,due,reason,key $(into)

# Every ledger that the bureau keeps, delivered or not: its state is whether it could be read, rows with errors stay out.
$(W)/check/ledgers.tsv: $(LEDGER_READS) $(W)/ledgers/decided.tsv $(W)/returns.list $(INPUTS) $(FILTERS) | $$(@D)
	@printf '%s\n' ledger $(LEDGER_KINDS) > $@.kinds
	@$(READ_COLUMNS) > $@.none
	@$(TB)derive -c return=ledger,file,read $@.none $(LEDGER_READS) | $(TB)lookup -k file -c errors,confirms,undecided $(W)/ledgers/decided.tsv \
	| $(TB)derive $(call counted,$(OPEN_COUNTS)) -a "state=if(read == 'rejected', 'rejected', 'accepted')" \
	| $(TB)lookup -k ledger -c state,errors,confirms,undecided - $@.kinds \
	| $(TB)lookup -k ledger=input -c name_zh=name <(grep -v '^\#' $(INPUTS)) \
	| $(TB)derive -a "state=coalesce(state, 'expected')" -c ledger,name,state,errors,confirms,undecided $(into)

# What the tables are made of, rewritten only when it changes: the clean rows of a return, or all of them where two
# people have let it in as it is.
$(RETURN_KINDS:%=$(W)/check/accepted.%.list): $(W)/check/accepted.%.list: $(W)/check/filers.tsv
	@$(TB)derive -w "entered == 1 and return == '$*'" \
		-a "name=concat(return, '.', institution, '.', text(sequence), if(overridden == 1, '/all', '/clean'))" -c name $< \
		| sed 1d | $(RULES)/when-changed $@

# What a return that was sent again has changed against the file before it, cell by cell.
$(W)/check/resubmissions.tsv: $(READS) $(SUPERSEDED:%=$(W)/returns/%/read.tsv) $(W)/returns.list $(RULES)/resubmissions $(RULES)/differences $(FILTERS) | $$(@D)
	@TB='$(TB)' $(foreach r,$(RETURN_KINDS),SCHEMA_$(r)=$(call spec,schema/$(r).tsv)) \
		$(RULES)/resubmissions $(W)/returns $(if $(SUPERSEDED),$(RECEIVED)) $(into)

# How often every rule ran, over all returns that could be read; a return that was rejected has no counts.
$(W)/check/rules.tsv: $(READS) $(LEDGER_READS) $(W)/returns.list $(W)/receipts/run_id | $$(@D)
	@printf 'rule\tseverity\trun\tpass\tfail\tundecided\tskipped\twhy\n' > $@.none
	@for dir in $(W)/receipts $(READS:%/read.tsv=%) $(LEDGER_READS:%/read.tsv=%); do [ ! -f $$dir/counts.tsv ] || echo $$dir/counts.tsv; done \
	| xargs $(TB)derive $@.none \
	| $(TB)aggregate -g rule,severity $(foreach c,run pass fail undecided skipped,-a '$(c)=sum($(c))') $(into)

# One sheet for each institution that has something to mend, as text to send back and as a table for a spreadsheet.
$(W)/check/sheets.done: $(W)/check/failures.tsv $(W)/check/filers.tsv $(RULES)/sheet $(RULES)/sheets $(call spec,columns.tsv)
	@TB='$(TB)' COLUMNS=$(call spec,columns.tsv) MONTH=$(MONTH) $(RULES)/sheets $(@D) '$(RECEIPTS)'
	@touch $@

# The verdict: 0 when every return entered the tables and nothing is open, else 1; then the counts in words.
$(W)/check/status: $(W)/check/filers.tsv $(W)/check/failures.tsv $(W)/check/ledgers.tsv $(RULES)/verdict
	$(call say,checked)
	@TB='$(TB)' MISSING='$(if $(filter $(W)/%,$(OPEN_F1)), $(OPENING))$(if $(filter $(W)/%,$(SAME_F1)), $(SAME))' $(RULES)/verdict $(@D) $(into)
