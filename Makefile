# tongbao: the front door. `make help` lists the targets.
#
#   make report [SITE=DIR] [MONTH=YYYY-MM] [OUT=DIR]    build what is missing, run the month, publish
#   make test [SAN=1]                                   build, then all tests
#
# All writing goes to BUILD (default build/, its programs bin/) and OUT (default out/).

SHELL = /bin/bash
.SHELLFLAGS = -eu -o pipefail -c
.DEFAULT_GOAL = help
.DELETE_ON_ERROR:

TOP := $(patsubst %/,%,$(dir $(abspath $(lastword $(MAKEFILE_LIST)))))
VERSION := $(shell cat $(TOP)/VERSION)

ifdef SAN
BUILD ?= build/san
SANITIZE = -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
endif
BUILD ?= build
BIN ?= $(if $(filter build,$(BUILD)),bin,$(BUILD)/bin)
# Absolute, so that what a file depends on is known however its directory was spelled when it was made.
override BIN := $(abspath $(BIN))
override BUILD := $(abspath $(BUILD))
OUT ?= out
SITE ?= samples
JOBS ?= $(shell nproc)
PREFIX ?= /usr/local
program_prefix ?= tb-

CC = gcc
CFLAGS ?= -O2 -g
WARNINGS = -Wall -Wextra -Wshadow -Wconversion -Wsign-conversion -Wstrict-prototypes -Wvla -Wpointer-arith \
	-Wformat=2 -Wwrite-strings $(if $(WERROR),-Werror)
# Paths are mapped away so that the same source gives the same programs in every directory.
COMPILE = $(CC) -std=c11 -D_GNU_SOURCE $(CFLAGS) $(WARNINGS) $(SANITIZE) -I$(TOP) \
	-ffile-prefix-map=$(TOP)=. -ffile-prefix-map=$(CURDIR)=. -MMD -MP
LINK = $(CC) $(CFLAGS) $(SANITIZE) $(LDFLAGS) -Wl,--as-needed

TOOLS = extract validate claims derive lookup aggregate rank compare render bulletin
LIBS = -lz
extract_LIBS = -lcsv -lzip -lexpat

LIB := $(patsubst $(TOP)/lib/%.c,%,$(wildcard $(TOP)/lib/*/*.c))
UNITS := $(notdir $(basename $(wildcard $(TOP)/tests/unit/*_test.c)))
FUZZERS := $(notdir $(basename $(wildcard $(TOP)/tests/fuzz/*.c)))

## help: this list
.PHONY: help
help:
	@sed -n 's/^## //p' $(TOP)/Makefile | sort | sed 's/^\([a-z-]*\): /\1\t/' | awk -F'\t' '{ printf "  make %-10s %s\n", $$1, $$2 }'

## build: the filters, into bin/
.PHONY: build
build: $(TOOLS:%=$(BIN)/%)

# How things are compiled stands here, so what was compiled otherwise is compiled again.
$(BUILD)/lib/%.o: $(TOP)/lib/%.c $(TOP)/Makefile
	@mkdir -p $(@D)
	$(COMPILE) -c -o $@ $<

$(BUILD)/tools/%.o: $(TOP)/tools/%.c $(TOP)/VERSION $(TOP)/Makefile
	@mkdir -p $(@D)
	$(COMPILE) -DTONGBAO_VERSION='"$(VERSION)"' -c -o $@ $<

$(BUILD)/unit/%.o: $(TOP)/tests/unit/%.c $(TOP)/Makefile
	@mkdir -p $(@D)
	$(COMPILE) -c -o $@ $<

$(BUILD)/libtongbao.a: $(LIB:%=$(BUILD)/lib/%.o)
	@rm -f $@
	ar rcsD $@ $^

$(BIN)/%: $(BUILD)/tools/%.o $(BUILD)/tools/front.o $(BUILD)/libtongbao.a
	@mkdir -p $(@D)
	$(LINK) -o $@ $^ $($*_LIBS) $(LIBS)

$(BUILD)/unit/%: $(BUILD)/unit/%.o $(BUILD)/libtongbao.a
	$(LINK) -o $@ $^ $(extract_LIBS) $(LIBS)

.PRECIOUS: $(BUILD)/tools/%.o $(BUILD)/unit/%.o
-include $(wildcard $(BUILD)/*/*.d $(BUILD)/lib/*/*.d $(BUILD)/lib/*/*/*.d $(BUILD)/fuzz/lib/*/*.d)

# Fuzzers are always built with sanitizers, and so are the rooms of lib/ that they stand on; -O1 halves the time of it.
FUZZED := $(filter base/% stream/% number/% spec/% expr/% order/% group/% read/%,$(LIB))
$(BUILD)/fuzz/%: CFLAGS = -O1 -g
$(BUILD)/fuzz/%: SANITIZE = -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer $(GUIDED)
$(BUILD)/fuzz/lib/%.o: $(TOP)/lib/%.c $(TOP)/Makefile
	@mkdir -p $(@D)
	$(COMPILE) -c -o $@ $<
$(BUILD)/fuzz/%.o: $(TOP)/tests/fuzz/%.c $(TOP)/Makefile
	@mkdir -p $(@D)
	$(COMPILE) -c -o $@ $<
$(BUILD)/fuzz/libfuzzed.a: $(FUZZED:%=$(BUILD)/fuzz/lib/%.o)
	@rm -f $@
	ar rcsD $@ $^
$(BUILD)/fuzz/%: $(BUILD)/fuzz/%.o $(BUILD)/fuzz/libfuzzed.a
	$(LINK) $(GUIDE) -o $@ $^ $(extract_LIBS) $(LIBS)
.PRECIOUS: $(BUILD)/fuzz/%.o $(BUILD)/fuzz/lib/%.o

## setup: install the Debian packages that building needs (WANT=test: also those of the tests)
.PHONY: setup
setup:
	@$(TOP)/setup $(or $(WANT),build)

# The month's rules stand in pipelines/ and know nothing of how the filters came to be.
MONTHLY = $(MAKE) --no-print-directory -f $(TOP)/pipelines/report.mk SITE=$(SITE) $(if $(MONTH),MONTH=$(MONTH)) \
	OUT=$(OUT) BUILD=$(BUILD) TB=$(abspath $(BIN))/

## report: run the month of a site and publish it: SITE=samples MONTH=2022-12 OUT=out
.PHONY: report
report: ready
	+@$(MONTHLY) report

# Banks name their files: a name goes to the commands as it is, through the environment, so that neither make nor the
# shell reads a quote or a dollar in it.
unexport FILE BANK RETURN
receive check: export FILE_NAME := $(value FILE)
receive check: export BANK_NAME := $(value BANK)
receive check: export RETURN_NAME := $(value RETURN)

## status: who filed, who is blocked, what awaits a confirmation
## receive: take a file into the inbox: FILE=… BANK=… RETURN=… [MONTH=…]
## accept: take a published month into the archive, for the months after it: MONTH=…
.PHONY: status receive accept
# What an operator asks for is preceded by nothing but what is missing.
.PHONY: ready
ready:
	@$(TOP)/setup build
	+@$(MAKE) --no-print-directory -s -j$(JOBS) build
status: ready
	+@$(MONTHLY) -s status
receive:
	@$(TOP)/pipelines/receive "$(SITE)" "$(MONTH)" "$$RETURN_NAME" "$$BANK_NAME" "$$FILE_NAME"

accept: ready
	@$(TOP)/pipelines/accept "$(SITE)" "$(MONTH)" "$(OUT)" "$(abspath $(BIN))/"

## claims: recompute published figures from each other: CLAIMS=samples/claims.tsv OUT=out
.PHONY: claims
claims: ready
	+@$(MAKE) --no-print-directory -f $(TOP)/pipelines/claims.mk SITE=$(SITE) $(if $(CLAIMS),CLAIMS="$(CLAIMS)") \
		OUT=$(OUT) TB=$(abspath $(BIN))/ claims

## lint: what is wrong with the specifications of a site and the defaults: SITE=samples
.PHONY: lint
lint: ready
	@$(TOP)/pipelines/lint "$(SITE)" "$(abspath $(BIN))/"

## check: read a file as the bureau would, before it is sent: FILE=… BANK=… RETURN=… [SITE=…] [MONTH=…]
.PHONY: check
check: ready
	@TB="$(abspath $(BIN))/" MONTH="$(MONTH)" $(TOP)/pipelines/check-return -s "$(SITE)" "$$FILE_NAME" "$$BANK_NAME" "$$RETURN_NAME"

## static: the filters without shared libraries, into build/static/bin, for machines that lack them
.PHONY: static
static: $(TOOLS:%=$(BUILD)/static/bin/%)

# Debian has no static libzip, and a static iconv wants the modules of the very C library it was linked with: what
# stands in portable/ does their work.
STATIC_LIB := $(patsubst read/package,read/portable/package,$(LIB)) read/portable/iconv
$(BUILD)/lib/read/portable/iconv.o: COMPILE += -I$(BUILD)
$(BUILD)/lib/read/portable/iconv.o: $(BUILD)/gb18030_table.h
$(BUILD)/gb18030_table.h: $(TOP)/lib/read/portable/gb18030_table.c
	@mkdir -p $(@D)
	$(CC) -std=c11 -O1 -o $(BUILD)/gb18030_table $<
	$(BUILD)/gb18030_table > $@
$(BUILD)/static/libtongbao.a: $(STATIC_LIB:%=$(BUILD)/lib/%.o)
	@mkdir -p $(@D)
	@rm -f $@
	ar rcsD $@ $^
$(BUILD)/static/bin/%: $(BUILD)/tools/%.o $(BUILD)/tools/front.o $(BUILD)/static/libtongbao.a
	@mkdir -p $(@D)
	$(LINK) -static -o $@ $^ $(filter-out -lzip,$($*_LIBS)) $(LIBS)

## test: build and run all tests; SAN=1 with sanitizers
.PHONY: test units
test:
	@$(TOP)/setup test
	+@$(MAKE) --no-print-directory -s -j$(JOBS) WERROR=1 build units fuzzers
	@BUILD=$(abspath $(BUILD)) BIN=$(abspath $(BIN)) $(TOP)/tests/run
units: $(UNITS:%=$(BUILD)/unit/%)

## test-office: workbooks go through LibreOffice and back; installs it
.PHONY: test-office
test-office:
	@$(TOP)/setup office
	+@$(MAKE) --no-print-directory -s -j$(JOBS) WERROR=1 build
	@BUILD=$(abspath $(BUILD)) BIN=$(abspath $(BIN)) bats $(TOP)/tests/office

## fuzz: every fuzzer of tests/fuzz, one after the other: SECONDS=600 for each, FIRST=ROUND to go on from
.PHONY: fuzz fuzzers
fuzzers: $(FUZZERS:%=$(BUILD)/fuzz/%)
fuzz: SECONDS = 60
fuzz: FIRST = 0
fuzz: fuzzers
	@for name in $(FUZZERS); do echo "fuzz: $$name"; \
		$(abspath $(BUILD))/fuzz/$$name $(FIRST)+$(SECONDS)s $(TOP)/tests/fuzz/$$name/*; done

## fuzz-guided: the same by clang's libFuzzer, which follows the branches; what it learns stays in build/guided/corpus
# clang would stop at NULL + 0, which is an empty text; pointers that overflow are what `make fuzz` stops at.
.PHONY: fuzz-guided
fuzz-guided: SECONDS = 60
fuzz-guided:
	@$(TOP)/setup fuzz
	+@$(MAKE) --no-print-directory -s -j$(JOBS) BUILD=$(BUILD)/guided CC=clang fuzzers \
		GUIDED='-fsanitize=fuzzer-no-link -fno-sanitize=pointer-overflow -DFUZZ_GUIDED' GUIDE=-fsanitize=fuzzer
	@cd $(BUILD)/guided; for name in $(FUZZERS); do echo "fuzz: $$name"; mkdir -p corpus/$$name; \
		fuzz/$$name -max_total_time=$(SECONDS) -timeout=10 -print_final_stats=1 -verbosity=0 -max_len=65536 \
			corpus/$$name $(TOP)/tests/fuzz/$$name; done

## bench: CPU of the filters against wc -l, on at least 1 GB; peers beside
.PHONY: bench
bench: build
	@$(TOP)/setup bench
	@BUILD=$(abspath $(BUILD)) BIN=$(abspath $(BIN)) $(TOP)/tests/bench/run

## samples: make the sample city again from its facts
.PHONY: samples
samples:
	python3 $(TOP)/samples/generate/generate.py $(TOP)/samples
	@$(MAKE) --no-print-directory -s -f $(firstword $(MAKEFILE_LIST)) coverage

## coverage: docs/coverage.md, which tables serve each article and which published figures no table carries
.PHONY: coverage
coverage:
	@LC_ALL=C awk -f $(TOP)/docs/coverage.awk $(TOP)/pipelines/layout.tsv $(TOP)/samples/claims.tsv $(TOP)/samples/published-map.tsv > $(TOP)/docs/coverage.md

## format: clang-format over the C sources
.PHONY: format
format:
	clang-format -i $(TOP)/lib/*/*.[ch] $(TOP)/lib/*/*/*.c $(TOP)/tools/*.[ch] $(TOP)/tests/unit/*.[ch]

## install: programs as $(program_prefix)NAME, manuals, rules: PREFIX=/usr/local DESTDIR=
## uninstall: what install put there
.PHONY: install uninstall
INSTALL = PREFIX="$(PREFIX)" DESTDIR="$(DESTDIR)" program_prefix="$(program_prefix)" TOOLS="$(TOOLS)" BIN="$(abspath $(BIN))" $(TOP)/pipelines/install
install: ready
	@$(INSTALL)
uninstall:
	@$(INSTALL) -u

## clean: remove what was built
.PHONY: clean
clean:
	rm -rf $(BUILD) $(BIN)
