# ---- fuzzers: a program for each tests/fuzz/*.c, a flavour of their own, built by clang

FLAGS.fuzz := -fsanitize=fuzzer-no-link,address,undefined,float-cast-overflow \
              -fno-sanitize-recover=all -fno-omit-frame-pointer

FUZZERS := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/fuzz/*.c))
FUZZ_COMMON := $(call objects,tests/fuzz/shared/*.c) $(DATA_COMMON) \
               $(filter-out $(LANES).o,$(call objects,exercises/pictures/lanes/*.c))

$(FUZZERS:=.o): EXTRA := $(call flags_of,check libarchive)
$(FUZZERS): %: %.o $(FUZZ_COMMON) $(BUILD)/libgrade.a $(LIBJUDGE) $(STOCKS) $(FUTURES)
	$(Q)$(LINK) -fsanitize=fuzzer $(filter %.o,$^) -Wl,--start-group $(filter %.a,$^) -Wl,--end-group -o $@ $(JUDGE_LIBRARIES)

# Those of an exercise's judge. What a fuzzer is one with, to call its inner functions, is left out.
judge_of = $(filter-out %/judge_$(2).o,$(call objects,tests/$(1)/judge*.c))
$(BUILD)/tests/fuzz/reader_answer: $(call judge_of,7.2-conversion,read_back)
$(BUILD)/tests/fuzz/runner_calls: $(call judge_of,7.1-submit,calls)
$(BUILD)/tests/fuzz/load_answer: $(call judge_of,7.3-correlations,loading)
$(BUILD)/tests/fuzz/correlations_answer: $(call judge_of,7.3-correlations,none)

CLANG ?= clang
FUZZ_PROGRAMS := $(FUZZERS:$(BUILD)/%=build/fuzz/%)

# Corpora and seconds are carried on from run to run: build/fuzz/.
.PHONY: fuzz
fuzz:
	@sh tests/setup/has_fuzzer.sh || \
	    { echo "make fuzz needs clang and its library for fuzzers: make deps." >&2; exit 2; }
	+@$(MAKE) --no-print-directory VARIANT=fuzz CC=$(CLANG) $(call only,$(FUZZ_PROGRAMS))
	@JOBS=$(JOBS) sh tests/fuzz/fuzz.sh $(or $(SECONDS),60) $(call only,$(FUZZ_PROGRAMS))
