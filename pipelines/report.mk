# A bureau's month: from the files in its inbox to a published bulletin.
#
#   make -f pipelines/report.mk SITE=DIR [MONTH=YYYY-MM] OUT=DIR BUILD=DIR TB=PREFIX report|status
#
# TB stands before the name of every filter: `/path/bin/` in the source tree, `/usr/local/bin/tb-` installed.
# How returns, ledgers and references are read stands in inputs.mk, who filed in check.mk, what a table is in tables.mk;
# this file says what a site and its months are, and how a bulletin goes out.

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
TOOLS = extract validate derive lookup aggregate rank compare render bulletin
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
# KIND=MONTH for every return and ledger: its latest month before this one, in the archive or among the snapshots. Text
# order is the order of months.
EARLIER := $(shell printf '%s\n' $(wildcard $(SITE)/archive/*/*.tsv $(SITE)/ledgers/*/*.tsv) | LC_ALL=C awk -F/ '{ sub(/[.]tsv$$/, ""); \
	ledger = $$(NF - 2) == "ledgers"; kind = $$(NF - !ledger); month = $$(NF - ledger) } \
	month < "$(MONTH)" && month > last[kind] { last[kind] = month } END { for (kind in last) print kind "=" last[kind] }')
month_before = $(or $(patsubst $(1)=%,%,$(filter $(1)=%,$(EARLIER))),none)

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

# --- 1. what came in, and what each part of it is worth ---

include $(RULES)/inputs.mk

# --- 2. who filed, and what may enter the tables ---

include $(RULES)/check.mk

# The accepted rows of every return, and those of every ledger; a ledger that was not delivered has none, and the bulletin
# says so.
$(RETURN_KINDS:%=$(W)/clean/%.tsv): $(W)/clean/%.tsv: $(W)/check/accepted.%.list $(READS) $(W)/empty/%.tsv | $$(@D)
	@sed 's|^|$(W)/returns/|; s|$$|.tsv|' $< | xargs $(TB)derive $(W)/empty/$*.tsv $(into)
$(LEDGER_KINDS:%=$(W)/clean/%.tsv): $(W)/clean/%.tsv: $$(if $$(filter $$*,$(LEDGER_NAMES)),$(W)/ledgers/$$*/read.tsv,$(W)/empty/$$*.tsv) \
		$(W)/returns.list | $$(@D)
	@cat $(if $(filter $*,$(LEDGER_NAMES)),$(W)/ledgers/$*/clean.tsv,$<) $(into)

# --- 3. the tables ---

include $(RULES)/tables.mk

# What recipes write into; a rule asks for its own as | $$(@D).
$(W) $(addprefix $(W)/,receipts returns check ledgers past empty views clean base fields exact tables) $(LEDGER_NAMES:%=$(W)/ledgers/%):
	@mkdir -p $@

# --- 4. the bulletin and what it rests on ---

ISSUE := $(wildcard $(DECISIONS)/issue.tsv)

$(W)/page.html: $(TABLES) $(CHECKS) $(ISSUE) $(SITE)/site.mk $(W)/layout.tsv $(call spec,columns.tsv) $(call spec,style.css) $(W)/specifications.list $(FILTERS)
	$(call say,bulletin)
	@issue() { [ -z "$(ISSUE)" ] || $(TB)derive -c "$$1" $(ISSUE) | sed -n 2p; }; number=$$(issue number) date=$$(issue date); \
	left_out=$$($(TB)derive -w 'expected == 1 and entered == 0' -a "name=concat(coalesce(name, institution), ' (', return, ')')" -c name $(W)/check/filers.tsv | sed 1d | paste -sd'、'); \
	$(TB)bulletin -l $(W)/layout.tsv -c $(call spec,columns.tsv) --style $(call spec,style.css) --tables $(W) \
		-D period=$(MONTH) -D name_zh="$$SITE_NAME_ZH" -D name_en="$$SITE_NAME_EN" \
		-D page_note_zh="$${left_out:+合计不含未计入的机构：$$left_out。}$$SITE_NOTE_ZH" \
		-D page_note_en="$${left_out:+Totals leave out: $$left_out. }$$SITE_NOTE_EN" \
		-D issue="$$number" -D date="$$date" -o $@

$(W)/manifest.tsv: $(W)/page.html $(RULES)/manifest $(RULES)/report.mk $(RULES)/check.mk $(RULES)/tables.mk
	$(call say,manifest)
	@SITE=$(SITE) MONTH=$(MONTH) RULES=$(RULES) W=$(W) TB='$(TB)' NAME="$$SITE_NAME_ZH" TOOLS='$(TOOLS)' MAKER='$(MAKER)' \
		RETURNS='$(RETURNS)' LEDGERS='$(LEDGER_NAMES)' ARCHIVE='$(foreach k,$(RETURN_KINDS),$(OPEN_$k) $(SAME_$k) $(PRIOR_$k))' $(RULES)/manifest $(into)

published: $(W)/manifest.tsv
	@W=$(W) OUT=$(OUT) MONTH=$(MONTH) TABLES='$(TABLES)' COLUMNS=$(call spec,columns.tsv) TB='$(TB)' $(RULES)/publish

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
