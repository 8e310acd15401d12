# ---- speed verdicts: the campaign that proves them

VERDICTS := tests/judge/verdicts
CAMPAIGN := $(BUILD)/$(VERDICTS)/campaign
CALIBRATE := $(BUILD)/$(VERDICTS)/calibrate
VERDICTS_MAINS := $(addsuffix .o,$(CAMPAIGN) $(CALIBRATE))
VERDICTS_COMMON := $(filter-out $(VERDICTS_MAINS),$(call objects,$(VERDICTS)/*.c))
VERDICTS_ANSWERS := .workbook/verdicts.jsonl
VERDICTS_RECORDED := $(VERDICTS)/recorded.jsonl.gz

$(VERDICTS_MAINS) $(VERDICTS_COMMON): EXTRA = $(call flags_of,check) -DJUDGE_BUILT='"$(BUILD)"'
$(CAMPAIGN) $(CALIBRATE): %: %.o $(VERDICTS_COMMON) $(RUBRICS) $(LIBJUDGE) $(STOCKS) $(FUTURES)
	$(Q)$(LINK) $^ -o $@ $(JUDGE_LIBRARIES)

# A campaign goes on from the rounds that were recorded, whoever recorded them.
$(VERDICTS_ANSWERS):
	@mkdir -p $(@D)
	@if [ -f $(VERDICTS_RECORDED) ]; then gzip -dc $(VERDICTS_RECORDED); fi >$@.new && mv $@.new $@

.PHONY: verdicts
verdicts: judge $(CAMPAIGN) | $(VERDICTS_ANSWERS)
	@mkdir -p build/verdicts
	@$(CAMPAIGN) '$(CURDIR)' '$(CURDIR)/$(VERDICTS_ANSWERS)' 'n=$(N)' 'condition=$(CONDITION)' \
	    'variant=$(ONLY)' 'seconds=$(SECONDS)' $(if $(REPORT),'report=$(CURDIR)/tests/judge/README.md')
	@$(if $(REPORT),gzip -9nc $(VERDICTS_ANSWERS) >$(VERDICTS_RECORDED).new && mv $(VERDICTS_RECORDED).new $(VERDICTS_RECORDED))

# What the solutions reach, measured anew: EX=7.2 one exercise, QUIET=yes asks nothing.
.PHONY: calibrate
calibrate: judge $(CALIBRATE)
	@[ -d solutions ] || { echo "make calibrate measures solutions/, which is not here." >&2; exit 2; }
	@mkdir -p build/calibrate
	@$(CALIBRATE) '$(CURDIR)' 'exercise=$(EX)' 'quiet=$(QUIET)'
