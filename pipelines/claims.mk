# Published figures, recomputed from the other figures published with them; what each step means: claims(1).
#
#   make -f pipelines/claims.mk CLAIMS=FILE [SITE=DIR] OUT=DIR TB=PREFIX [CLAIM_OPTIONS='-p NAME=EXPR'] claims
#
# Writes OUT/claims/report.tsv, a line for every finding, and shows the contradictions. A contradiction is a finding, not
# a failure: make ends well with or without.

SHELL = /bin/bash
.SHELLFLAGS = -eu -o pipefail -c
export LC_ALL = C.UTF-8

RULES := $(patsubst %/,%,$(dir $(lastword $(MAKEFILE_LIST))))
SITE ?= samples
CLAIMS ?= $(SITE)/claims.tsv
# A specification of the site stands before the default of the same name.
spec = $(firstword $(wildcard $(SITE)/spec/$(1) $(RULES)/$(1)))

.PHONY: claims
claims:
	@mkdir -p "$(OUT)/claims"
	@$(TB)claims -m $(call spec,claims/measures.tsv) -d $(call spec,claims/definitions.tsv) -l $(call spec,claims/places.tsv) \
		-u $(call spec,units.tsv) -u $(call spec,claims/units.tsv) $(CLAIM_OPTIONS) -o "$(OUT)/claims/report.tsv" "$(CLAIMS)" || [ $$? = 1 ]
	@$(TB)derive -w "verdict == 'contradicts'" -c article,place,measure,qual,value,unit,definition,computed,computed_low,computed_high,difference,moment \
		"$(OUT)/claims/report.tsv" | $(TB)render
	@echo "claims: all findings in $(OUT)/claims/report.tsv"
