# ---- style: every file as the formatter would have it, and nothing that looks like a mistake
#
# clang-tidy is asked for each file again only when that or something it includes has changed.
# Not asked for: submissions that are wrong on purpose, and peers, built on libraries of their own.

WRONG_ON_PURPOSE := tests/mutants/7.% tests/attacks/7.% tests/judge/verdicts/7.%
PEERS_SOURCES := $(wildcard tests/bench/*/peers/*.c)
INCLUDED_SOURCES := solutions/7.3-correlations/ladder/tasks.c
STYLED := $(filter-out $(WRONG_ON_PURPOSE) $(PEERS_SOURCES) $(INCLUDED_SOURCES),$(EDITED))
TIDIED := $(STYLED:%.c=build/style/%.tidy)

$(TIDIED): build/style/%.tidy: %.c .clang-tidy | build/compile_commands.json
	@mkdir -p $(@D)
	@$(CC) $(LANGUAGE) $(INCLUDES) $(addprefix -I,$(wildcard solutions/7.*)) $(call flags_of,check libarchive) -MM -MP -MT $@ -MF $(@:.tidy=.d) $<
	@clang-tidy --quiet -p build $< >$@ 2>/dev/null || { cat $@; exit 1; }

.PHONY: style
style: build/compile_commands.json
	@mkdir -p build/style
	@MAKE='$(MAKE) --no-print-directory' sh tests/style/style.sh $(STYLED)

# What style.sh asks for, with a -j of its own.
build/style/tidied: $(TIDIED)
	@touch $@

-include $(shell find build/style -name '*.d' 2>/dev/null)

# ---- no compiler warns: all that is linted, compiled by two of them into build/strict-gcc/, ...

STRICT_OBJECTS := $(patsubst %.c,$(BUILD)/%.o,$(filter-out $(LADDER)/%,$(STYLED))) $(LADDER_OBJECTS)

.PHONY: strict
strict:
	@for compiler in $(or $(ONLY),gcc clang); do \
	    command -v $$compiler >/dev/null || { echo "$$compiler: skipped, it is missing"; continue; }; \
	    $(MAKE) -s --no-print-directory -k -j$$(nproc) CC=$$compiler BUILD=build/strict-$$compiler \
	        CFLAGS='-O2 -Wconversion -Wno-sign-conversion -Werror' build/strict-$$compiler/compiled || exit 1; \
	    echo "$$compiler: no warning"; \
	done

$(BUILD)/compiled: $(STRICT_OBJECTS)
	@touch $@
