# What a bureau receives and keeps (inputs.tsv): the latest file of every institution that has a receipt, the ledgers of
# the month, the references; each read once, to its rows, its failures and how far it came.

INPUTS := $(call spec,inputs.tsv)
INPUT_LINES := $(shell awk -F'\t' '!/^\#/ { print $$2 ":" $$1 ":" $$4 }' $(INPUTS)) # kind:input:with
comma = ,
inputs_of = $(foreach line,$(filter $(1):%,$(INPUT_LINES)),$(word 2,$(subst :, ,$(line))))
RETURN_KINDS := $(call inputs_of,return)
LEDGER_KINDS := $(call inputs_of,ledger)
REFERENCES := $(call inputs_of,reference)
with = $(subst $(comma), ,$(word 3,$(subst :, ,$(filter return:$(1):% ledger:$(1):%,$(INPUT_LINES)))))

# --- what came in ---

RECEIPTS := $(wildcard $(INBOX)/receipts.tsv)
LATEST := $(if $(filter where,$(MAKECMDGOALS)),,$(if $(and $(RECEIPTS),$(wildcard $(TB)rank)),$(shell $(RULES)/latest $(INBOX) $(TB))$(call checked_shell,$(RECEIPTS) cannot be read)))
RETURNS := $(filter $(RETURN_KINDS:%=%.%),$(LATEST))
# The files that they stand for in the place of, where a return was sent again.
SUPERSEDED := $(if $(RETURNS),$(filter $(RETURN_KINDS:%=%.%),$(shell $(RULES)/latest $(INBOX) $(TB) superseded)))
LEDGER_NAMES := $(filter $(LEDGER_KINDS),$(notdir $(basename $(wildcard $(LEDGERS)/*.tsv))))

# The list is rewritten only when it changes, so that a return that goes away is noticed too.
$(W)/returns.list: FORCE | $$(@D)
	@printf '%s\n' $(RETURNS) $(SUPERSEDED) $(LEDGER_NAMES) | $(RULES)/when-changed $@

# Which files the specifications and past months are, and the site's options, likewise: a file that appears in the site's
# spec/ may be older than what was built.
SPECIFIED = inputs units indicators fields schemes classes issue_kinds subject_types institution_classes ranked layout columns $(foreach k,$(RETURN_KINDS) $(LEDGER_KINDS) receipts,schema/$k rules/$k) $(REFERENCES:%=schema/%)
$(W)/specifications.list: FORCE | $$(@D)
	@printf '%s\n' $(foreach s,$(SPECIFIED),$(call spec,$(s).tsv)) $(sort $(foreach r,$(RETURNS),$(call map_of,$(r)))) $(TABLE_RULES) \
		$(foreach k,$(RETURN_KINDS) $(LEDGER_NAMES),$(OPEN_$k) $(SAME_$k) $(PRIOR_$k)) FOUR_EYES=$(FOUR_EYES) $(LATE_RULE) | $(RULES)/when-changed $@

# --- what they are read with ---

return_of = $(firstword $(subst ., ,$(1)))
bank_of = $(word 2,$(subst ., ,$(1)))
map_of = $(or $(call spec,map/$(call return_of,$(1)).$(call bank_of,$(1)).tsv),$(call spec,map/$(call return_of,$(1)).tsv))

# The accepted rows of the start of the year, of the same month a year ago, and of the latest month before this one; of a
# ledger its snapshots.
snapshot = $(or $(wildcard $(SITE)/ledgers/$(2)/$(1).tsv),$(W)/empty/$(1).tsv)
$(foreach k,$(RETURN_KINDS),$(foreach when,OPEN=$(OPENING) SAME=$(SAME) PRIOR=$(call month_before,$k),\
	$(eval $(firstword $(subst =, ,$(when)))_$k := $(call archived,$k,$(lastword $(subst =, ,$(when)))))))
$(foreach k,$(LEDGER_KINDS),$(foreach when,OPEN=$(OPENING) SAME=$(SAME) PRIOR=$(call month_before,$k),\
	$(eval $(firstword $(subst =, ,$(when)))_$k := $(call snapshot,$k,$(lastword $(subst =, ,$(when)))))))

# A header-only table stands for what is not there: an archive that does not reach back so far, a ledger that was not
# delivered, a reference that the site does not keep.
$(W)/empty/%.tsv: $$(call spec,schema/%.tsv) | $$(@D)
	@grep -v '^#' $< | cut -f1 | sed 1d | paste -s $(into)

# The references, each checked against its schema: a mistake there stops the month, and is named where it stands. What
# is left is one digest of all that every file is judged by.
reference = $(or $(wildcard $(REFS)/$(1).tsv),$(W)/empty/$(1).tsv)
REFERENCE_FILES := $(foreach r,$(REFERENCES),$(call reference,$r))
REFERENCE_TABLES := $(foreach r,$(REFERENCES),$r=$(call reference,$r))
$(W)/references.checked: $(REFERENCE_FILES) $(foreach r,$(REFERENCES),$(call spec,schema/$r.tsv)) $(call spec,units.tsv) $(call spec,views.mk) \
		$(W)/specifications.list $(FILTERS)
	@for table in $(REFERENCE_TABLES); do TB='$(TB)' TABLES='$(REFERENCE_TABLES)' PERIOD=$(MONTH) SPEC='$(SITE)/spec $(RULES)' \
		$(RULES)/check-reference "$${table%%=*}" "$${table#*=}" || exit; done
	@{ $(TB)validate --version; cat $(call spec,units.tsv) $(call spec,views.mk) $(REFERENCE_FILES); } | sha256sum $(into)

# What else the cards may look at: tables made of the references, in views.mk.
include $(call spec,views.mk)

# What the cards of every return and ledger may look at, as NAME=FILE, and what those of one may besides.
filed_with = $(foreach k,$(call with,$(call return_of,$(1))),$(firstword $(filter $k.$(call bank_of,$(1)).%,$(RETURNS)) $k))
tables_with = $(foreach n,$(call filed_with,$(1)),$(call return_of,$n)=$(if $(call bank_of,$n),$(W)/returns/$n/all.tsv,$(W)/empty/$n.tsv))
past = open=$(OPEN_$(1)) same=$(SAME_$(1)) prior=$(PRIOR_$(1))

# A return of the past was accepted; a snapshot of the past may still have its mistakes, and cards compare with what of it
# can be read.
PASTS = OPEN SAME PRIOR
past_of_ledger = open=$(W)/past/OPEN_$(1) same=$(W)/past/SAME_$(1) prior=$(W)/past/PRIOR_$(1)
schema_of_past = $(call spec,schema/$(lastword $(subst _, ,$(1))).tsv)
$(foreach p,$(PASTS),$(LEDGER_KINDS:%=$(W)/past/$p_%)): $(W)/past/%: $$($$*) $$(call schema_of_past,$$*) $(RULES)/read-past \
		$(W)/references.checked $(W)/specifications.list $(FILTERS) | $$(@D)
	@$(if $(filter $(W)/empty/%,$<),cp $< $@,TB='$(TB)' SCHEMA=$(call schema_of_past,$*) TABLES='$(REFERENCE_TABLES)' $(RULES)/read-past $< $@)

# --- one return: extract, validate; one ledger: validate ---

RECEIVED := $(RETURNS) $(SUPERSEDED)
$(W)/receipts/each: $(RECEIPTS) $(W)/returns.list $(RULES)/receipts-each
	@mkdir -p $(@D) $(RECEIVED:%=$(W)/returns/%)
	@$(RULES)/receipts-each $(RECEIPTS) $(W)/returns $(RECEIVED)
	@touch $@
$(RECEIVED:%=$(W)/returns/%/receipt): $(W)/receipts/each ;

READ := $(RULES)/read-return $(RULES)/finding $(call spec,units.tsv) $(W)/references.checked
READS := $(RETURNS:%=$(W)/returns/%/read.tsv)
$(W)/returns/%/read.tsv: $(INBOX)/% $(W)/returns/%/receipt $$(call map_of,$$*) $(READ) $(VIEW_FILES) $$(call spec,schema/$$(call return_of,$$*).tsv) \
		$$(call spec,rules/$$(call return_of,$$*).tsv) $$(OPEN_$$(call return_of,$$*)) $$(SAME_$$(call return_of,$$*)) $$(PRIOR_$$(call return_of,$$*)) \
		$$(foreach n,$$(call filed_with,$$*),$$(if $$(call bank_of,$$n),$(W)/returns/$$n/read.tsv,$(W)/empty/$$n.tsv)) \
		$(W)/empty/$$(call return_of,$$*).tsv $(W)/specifications.list $(FILTERS)
	@TB='$(TB)' PERIOD=$(MONTH) JUDGES=$(W)/references.checked MAP=$(call map_of,$*) UNITS=$(call spec,units.tsv) ALIASES=$(call reference,aliases) INBOX=$(INBOX) \
		SCHEMA=$(call spec,schema/$(call return_of,$*).tsv) CARDS=$(call spec,rules/$(call return_of,$*).tsv) \
		EMPTY=$(W)/empty/$(call return_of,$*).tsv TABLES='$(REFERENCE_TABLES) $(VIEW_TABLES)' \
		OWN_TABLES='$(call past,$(call return_of,$*)) $(call tables_with,$*)' \
		$(RULES)/read-return $* $(@D)

LEDGER_READS := $(LEDGER_NAMES:%=$(W)/ledgers/%/read.tsv)
$(W)/ledgers/%/read.tsv: $(LEDGERS)/%.tsv $$(call spec,schema/%.tsv) $$(call spec,rules/%.tsv) $(RULES)/read-ledger \
		$(W)/references.checked $(VIEW_FILES) \
		$$(foreach p,$(PASTS),$(W)/past/$$p_$$*) $$(addsuffix .tsv,$$(addprefix $(W)/clean/,$$(call with,$$*))) $(W)/specifications.list $(FILTERS) | $$(@D)
	@TB='$(TB)' PERIOD=$(MONTH) JUDGES=$(W)/references.checked SCHEMA=$(call spec,schema/$*.tsv) CARDS=$(call spec,rules/$*.tsv) \
		TABLES='$(REFERENCE_TABLES) $(VIEW_TABLES)' OWN_TABLES='$(call past_of_ledger,$*) $(foreach k,$(call with,$*),$k=$(W)/clean/$k.tsv)' \
		$(RULES)/read-ledger $< $(@D)
