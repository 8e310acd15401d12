# ---- the ladder of 7.3: solutions/7.3-correlations/ladder/, a step a file
#
# As functions side by side, step_4_lanes_2 ...: every step, told to believe in vectors of at
# most 2, 4 and 8 numbers. As submissions, which are one file: build/ladder/4-simd/.

LADDER := solutions/7.3-correlations/ladder
STEPS := $(basename $(notdir $(wildcard $(LADDER)/[0-9]-*.c)))
LADDER_OBJECTS := $(foreach lanes,2 4 8,$(STEPS:%=$(BUILD)/ladder/%-lanes-$(lanes).o))

step_function = step_$(firstword $(subst -, ,$(1)))_lanes_$(2)
define step_rules
$(BUILD)/ladder/$(1)-lanes-$(2).o: $(LADDER)/$(1).c
	@mkdir -p $$(@D)
	$$(Q)$$(COMPILE) -I$(dir $(LADDER)) -DMOST_LANES=$(2) -MMD -MP -MT $$@ -c $$< -o $$(@:.o=.whole)
	$$(Q)$$(OBJCOPY) --redefine-sym correlate_pairs=$(call step_function,$(1),$(2)) \
	    --keep-global-symbol=$(call step_function,$(1),$(2)) $$(@:.o=.whole) $$@
endef
$(foreach lanes,2 4 8,$(foreach step,$(STEPS),$(eval $(call step_rules,$(step),$(lanes)))))

ONE_FILE := tests/7.3-correlations/one_file.awk
build/ladder/%/correlations.c: $(LADDER)/%.c $(ONE_FILE) $(wildcard $(LADDER)/* solutions/7.3-correlations/*.c)
	@mkdir -p $(@D)
	@awk -f $(ONE_FILE) $< >$@

# Every step is a submission that passes: ONLY=tiles, those with this word; QUICK=1.
.PHONY: ladder
ladder: $(foreach step,$(call only,$(STEPS)),build/ladder/$(step)/correlations.c)
	@[ -d solutions ] || { echo "make ladder grades solutions/, which is not here." >&2; exit 2; }
	@for step in $(call only,$(STEPS)); do \
	    $(MAKE) -s --no-print-directory check EX=7.3 SUBMISSION=build/ladder/$$step \
	        RESULTS=build/ladder/$$step/results.json || exit 1; done

# Where a student's 7.3 stands on the ladder, no points. Like run-7.3 it runs without a box.
CHALLENGED := $(BUILD)/$(basename $(call submitted,7.3))
$(CHALLENGED).challenge: $(BUILD)/tests/unit/stub/correlations.o $(CHALLENGED).o $(call objects,tests/challenge/*.c) \
        $(call objects,exercises/run/options.c) $(call objects,tests/bench/*.c tests/judge/median.c) $(STOCKS) $(FUTURES)
	$(Q)$(LINK) $^ -o $@ $(LIBRARIES)

.PHONY: challenge
challenge: $(CHALLENGED).challenge
	@$< tests/7.3-correlations/ladder.txt $(run_arguments)
