# A bureau's month: from the files in its inbox to a published bulletin.
#
#   make -f pipelines/report.mk SITE=DIR [MONTH=YYYY-MM] OUT=DIR BUILD=DIR TB=PREFIX report|status
#
# TB stands before the name of every filter: `/path/bin/` in the source tree, `/usr/local/bin/tb-` installed.
# What a table is stands in tables.mk; this file says how returns come in and how a bulletin goes out.

SHELL = /bin/bash
.SHELLFLAGS = -eu -o pipefail -c
.DELETE_ON_ERROR:
.SECONDEXPANSION:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules
export LC_ALL = C.UTF-8
export TZ = UTC

RULES := $(patsubst %/,%,$(dir $(lastword $(MAKEFILE_LIST))))
SITE ?= samples
override SITE := $(patsubst ./%,%,$(patsubst %/,%,$(SITE)))
ifneq ($(words $(SITE) $(OUT) $(BUILD) x),4)
$(error SITE, OUT and BUILD are one path each, without blanks (status 2))
endif
ifeq ($(wildcard $(SITE)/site.mk),)
$(error $(SITE): not a site (no site.mk) (status 2))
endif
MONTH ?= $(notdir $(patsubst %/receipts.tsv,%,$(lastword $(sort $(wildcard $(SITE)/inbox/*/receipts.tsv)))))
TOOLS = extract validate derive lookup aggregate rank render bulletin
FILTERS := $(TOOLS:%=$(TB)%)
include $(SITE)/site.mk
# Words of the site go to the filters through the environment: no quote in them can end a quote of ours.
export SITE_NAME_ZH SITE_NAME_EN SITE_NOTE_ZH SITE_NOTE_EN

ifeq ($(shell [[ "$(MONTH)" =~ ^[0-9]{4}-(0[1-9]|1[0-2])$$ ]] && echo good),)
$(error MONTH is not a month YYYY-MM: '$(MONTH)' (status 2))
endif

# --- where things stand ---

# One work directory a site, however its path is spelled.
W := $(BUILD)/site/$(notdir $(SITE))-$(firstword $(shell printf %s $(abspath $(SITE)) | cksum))/$(MONTH)
INBOX := $(SITE)/inbox/$(MONTH)
LEDGERS := $(SITE)/ledgers/$(MONTH)
DECISIONS := $(SITE)/decisions/$(MONTH)
REFS := $(SITE)/refs

# A specification of the site stands before the default of the same name.
spec = $(firstword $(wildcard $(SITE)/spec/$(1) $(RULES)/$(1)))

# Months are text; the year's opening is last December, the same period is this month a year ago.
YEAR := $(firstword $(subst -, ,$(MONTH)))
LAST_YEAR := $(shell echo $$(($(YEAR) - 1)))
OPENING := $(LAST_YEAR)-12
SAME := $(LAST_YEAR)-$(lastword $(subst -, ,$(MONTH)))
archived = $(or $(wildcard $(SITE)/archive/$(1)/$(2).tsv),$(W)/empty/$(1).tsv)
# The latest accepted month before this one; text order is the order of months.
EARLIER := $(lastword $(shell printf '%s\n' $(sort $(basename $(notdir $(wildcard $(SITE)/archive/F1/*.tsv)))) | LC_ALL=C awk '$$0 < "$(MONTH)"'))

# How a recipe writes its target: beside it, renamed when the whole pipeline has ended well. A run that is killed leaves
# no target that only looks whole. The status of a pipeline is that of its first filter that failed: those after it
# only tell that nothing came.
into = > $@.new && mv $@.new $@ || for s in "$${PIPESTATUS[@]}"; do [ "$$s" = 0 ] || exit "$$s"; done

# Under -n nothing may be written. A recipe that says $(MAKE) would run all the same, so some say $(MAKER).
dry = $(findstring n,$(firstword -$(MAKEFLAGS)))
MAKER := $(MAKE)

# Progress is a line a stage, none under -s.
ifeq ($(findstring s,$(firstword -$(MAKEFLAGS))),)
say = @echo "report: $(MONTH): $(1)"
endif

.PHONY: report status checked published tables where FORCE
FORCE:
where:
	@echo $(W)

# A command whose output make needs must have ended well, or nothing that follows is true.
checked_shell = $(if $(filter 0,$(.SHELLSTATUS)),,$(error $(1) (status 3)))

# --- 1. what came in: the latest file of every institution that has a receipt ---

RETURN_KINDS = F1
LEDGER_KINDS = L1
RECEIPTS := $(wildcard $(INBOX)/receipts.tsv)
LATEST := $(if $(filter where,$(MAKECMDGOALS)),,$(if $(and $(RECEIPTS),$(wildcard $(TB)rank)),$(shell $(RULES)/latest $(INBOX) $(TB))$(call checked_shell,$(RECEIPTS) cannot be read)))
RETURNS := $(filter $(RETURN_KINDS:%=%.%),$(LATEST))
LEDGER_NAMES := $(filter $(LEDGER_KINDS),$(notdir $(basename $(wildcard $(LEDGERS)/*.tsv))))

# The list is rewritten only when it changes, so that a return that goes away is noticed too.
$(W)/returns.list: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' $(RETURNS) $(LEDGER_NAMES) | $(RULES)/when-changed $@

# Which files the specifications and past months are, and the site's options, likewise: a file that appears in the site's
# spec/ may be older than what was built.
$(W)/specifications.list: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' $(foreach s,units schema/F1 schema/L1 rules/F1 rules/L1 indicators fields layout columns,$(call spec,$(s).tsv)) \
		$(foreach r,$(RETURNS),$(r):$(call map_of,$(r))) $(F1_OPEN) $(F1_SAME) $(F1_PRIOR) FOUR_EYES=$(FOUR_EYES) | $(RULES)/when-changed $@

# --- 2. one return: extract, validate; its rows, its failures, its state ---

return_of = $(firstword $(subst ., ,$(1)))
bank_of = $(word 2,$(subst ., ,$(1)))
map_of = $(or $(call spec,map/$(call return_of,$(1)).$(call bank_of,$(1)).tsv),$(call spec,map/$(call return_of,$(1)).tsv))

F1_SPEC := $(call spec,schema/F1.tsv) $(call spec,rules/F1.tsv)
F1_OPEN := $(call archived,F1,$(OPENING))
F1_SAME := $(call archived,F1,$(SAME))
F1_PRIOR := $(call archived,F1,$(or $(EARLIER),none))
READ := $(RULES)/read-return $(call spec,units.tsv) $(REFS)/aliases.tsv $(REFS)/areas.tsv $(REFS)/institutions.tsv $(REFS)/branches.tsv

# A header-only table stands for an archive that does not reach back so far.
$(W)/empty/%.tsv: $$(call spec,schema/%.tsv)
	@mkdir -p $(@D)
	@grep -v '^#' $< | cut -f1 | sed 1d | paste -s $(into)

STATES := $(RETURNS:%=$(W)/returns/%/state.tsv)
$(W)/returns/%/state.tsv: $(INBOX)/% $(INBOX)/receipts.tsv $$(call map_of,$$*) $(F1_SPEC) $(READ) $(F1_OPEN) $(F1_PRIOR) \
		$(W)/check/confirmations.tsv $(W)/specifications.list $(FILTERS)
	@mkdir -p $(@D)
	@TB='$(TB)' PERIOD=$(MONTH) MAP=$(call map_of,$*) UNITS=$(call spec,units.tsv) REFS=$(REFS) INBOX=$(INBOX) \
		SCHEMA=$(call spec,schema/F1.tsv) CARDS=$(call spec,rules/F1.tsv) OPEN=$(F1_OPEN) PRIOR=$(F1_PRIOR) \
		CONFIRMATIONS=$(W)/check/confirmations.tsv $(RULES)/read-return $* $(@D)

LEDGER_STATES := $(LEDGER_NAMES:%=$(W)/ledgers/%/state.tsv)
$(W)/ledgers/%/state.tsv: $(LEDGERS)/%.tsv $$(call spec,schema/%.tsv) $$(call spec,rules/%.tsv) $(RULES)/read-ledger $(REFS)/areas.tsv \
		$(REFS)/institutions.tsv $(W)/specifications.list $(FILTERS)
	@mkdir -p $(@D)
	@TB='$(TB)' PERIOD=$(MONTH) REFS=$(REFS) SCHEMA=$(call spec,schema/$*.tsv) CARDS=$(call spec,rules/$*.tsv) \
		$(RULES)/read-ledger $< $(@D)

# --- 3. who filed, and what may enter the tables ---

$(W)/check/states.tsv: $(STATES) $(LEDGER_STATES) $(W)/returns.list $(FILTERS)
	$(call say,read returns: $(words $(RETURNS)); ledgers: $(words $(LEDGER_NAMES)))
	@mkdir -p $(@D)
	@echo return institution sequence state errors confirms undecided received_at reason | tr ' ' '\t' > $@.none
	@$(TB)derive $@.none $(STATES) $(LEDGER_STATES) $(into)

include $(RULES)/check.mk

$(W)/clean/F1.tsv: $(W)/check/accepted.list $(STATES) $(W)/empty/F1.tsv
	@mkdir -p $(@D)
	@sed 's|^|$(W)/returns/|; s|$$|.tsv|' $< | xargs $(TB)derive $(W)/empty/F1.tsv $(into)
$(W)/clean/%.tsv: $(W)/ledgers/%/state.tsv
	@mkdir -p $(@D)
	@cat $(W)/ledgers/$*/clean.tsv $(into)
# A month whose ledger was not delivered has an empty one, and the bulletin says so.
$(if $(LEDGER_NAMES),,$(eval $(W)/clean/L1.tsv: $(W)/empty/L1.tsv ; @mkdir -p $$(@D); cat $$< > $$@.new && mv $$@.new $$@))

# --- 4. the tables ---

include $(RULES)/tables.mk

# --- 5. the bulletin and what it rests on ---

ISSUE := $(wildcard $(DECISIONS)/issue.tsv)

$(W)/page.html: $(TABLES) $(CHECKS) $(ISSUE) $(SITE)/site.mk $(call spec,layout.tsv) $(call spec,columns.tsv) $(call spec,style.css) $(W)/specifications.list $(FILTERS)
	$(call say,bulletin)
	@issue() { [ -z "$(ISSUE)" ] || $(TB)derive -c "$$1" $(ISSUE) | sed -n 2p; }; number=$$(issue number) date=$$(issue date); \
	left_out=$$($(TB)derive -w 'expected == 1 and entered == 0' -a 'name=coalesce(name, institution)' -c name $(W)/check/filers.tsv | sed 1d | paste -sd'、'); \
	$(TB)bulletin -l $(call spec,layout.tsv) -c $(call spec,columns.tsv) --style $(call spec,style.css) --tables $(W) \
		-D period=$(MONTH) -D name_zh="$$SITE_NAME_ZH" -D name_en="$$SITE_NAME_EN" \
		-D page_note_zh="$${left_out:+合计不含未计入的机构：$$left_out。}$$SITE_NOTE_ZH" \
		-D page_note_en="$${left_out:+Totals leave out: $$left_out. }$$SITE_NOTE_EN" \
		-D issue="$$number" -D date="$$date" -o $@

$(W)/manifest.tsv: $(W)/page.html $(RULES)/manifest $(RULES)/report.mk $(RULES)/check.mk $(RULES)/tables.mk
	$(call say,manifest)
	@SITE=$(SITE) MONTH=$(MONTH) RULES=$(RULES) W=$(W) TB='$(TB)' NAME="$$SITE_NAME_ZH" TOOLS='$(TOOLS)' MAKER='$(MAKER)' \
		RETURNS='$(RETURNS)' LEDGERS='$(LEDGER_NAMES)' ARCHIVE='$(F1_OPEN) $(F1_SAME) $(F1_PRIOR)' $(RULES)/manifest $(into)

published: $(W)/manifest.tsv
	@W=$(W) OUT=$(OUT) MONTH=$(MONTH) TABLES='$(TABLES)' $(RULES)/publish

PUBLISH = $(MAKE) --no-print-directory -f $(RULES)/report.mk SITE=$(SITE) MONTH=$(MONTH) OUT=$(OUT) BUILD=$(BUILD) TB=$(TB) published
report:
	+@$(if $(dry),$(PUBLISH),mkdir -p $(W); flock -n -E 75 $(W)/lock $(PUBLISH) \
		|| { s=$$?; [ $$s != 75 ] || echo "report: $(MONTH): another run holds the lock" >&2; exit $$s; })
	@$(if $(say),cat $(W)/verdict)

# status builds what report builds, so it waits for a report that is running.
checked: $(CHECKS)
status:
	+@mkdir -p $(W); flock $(W)/lock $(MAKE) --no-print-directory -s -f $(RULES)/report.mk SITE=$(SITE) MONTH=$(MONTH) OUT=$(OUT) \
		BUILD=$(BUILD) TB=$(TB) checked
	@W=$(W) TB='$(TB)' COLUMNS=$(call spec,columns.tsv) MONTH=$(MONTH) DECISIONS=$(DECISIONS) $(RULES)/status
