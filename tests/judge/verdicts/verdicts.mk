# ---- speed verdicts: the campaign that proves them

VERDICTS := tests/judge/verdicts
CAMPAIGN := $(BUILD)/$(VERDICTS)/campaign
CALIBRATE := $(BUILD)/$(VERDICTS)/calibrate
VERDICTS_MAINS := $(addsuffix .o,$(CAMPAIGN) $(CALIBRATE))
VERDICTS_COMMON := $(filter-out $(VERDICTS_MAINS),$(call objects,$(VERDICTS)/*.c))
VERDICTS_ANSWERS := .workbook/verdicts.jsonl

$(VERDICTS_MAINS) $(VERDICTS_COMMON): EXTRA = $(call flags_of,check) -DJUDGE_BUILT='"$(BUILD)"'
$(CAMPAIGN) $(CALIBRATE): %: %.o $(VERDICTS_COMMON) $(RUBRICS) $(LIBJUDGE) $(STOCKS) $(FUTURES)
	$(Q)$(LINK) $^ -o $@ $(JUDGE_LIBRARIES)

.PHONY: verdicts
verdicts: judge $(CAMPAIGN)
	@mkdir -p build/verdicts .workbook
	@$(CAMPAIGN) '$(CURDIR)' '$(CURDIR)/$(VERDICTS_ANSWERS)' 'n=$(N)' 'condition=$(CONDITION)' \
	    'variant=$(ONLY)' 'seconds=$(SECONDS)' $(if $(REPORT),'report=$(CURDIR)/tests/judge/README.md')

# What the solutions reach, measured anew: EX=7.2 one exercise, QUIET=yes asks nothing.
.PHONY: calibrate
calibrate: judge $(CALIBRATE)
	@[ -d solutions ] || { echo "make calibrate measures solutions/, which is not here." >&2; exit 2; }
	@mkdir -p build/calibrate
	@$(CALIBRATE) '$(CURDIR)' 'exercise=$(EX)' 'quiet=$(QUIET)'
