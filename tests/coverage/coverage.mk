# ---- coverage: which lines and branches of what is given and trusted the tests run
#
# The variant's unit tests and its graders, Slurm among them; its judge, which runs solutions and
# stubs without a box (a boxed runner can write nothing) and in one, and mutants in one; and a
# sample of the calls that fail. What is counted is written beside the objects, by whoever runs:
# boxes have users of their own. Half an hour. VARIANT=coverage builds it. Counts of what was
# killed while it wrote them may be spoilt.

COVERED := 'exercises/(futures|stocks|run|7\.)' 'tests/(judge|grade|7\.)'
COVERED_FAULTS := $(addprefix $(BUILD)/tests/faults/,conversion correlation judge grade one)
NOT_COVERED := 'tests/judge/verdicts/.*' 'tests/judge/probe/.*' 'tests/grade/packer/.*'

# In a recipe: what the judge finds does not matter here.
judge_in = for submission in solutions exercises; do $(JUDGE) '$(CURDIR)' $$submission build/coverage/results.json \
               output=build/coverage/check box=$(1) || true; done

.PHONY: coverage
coverage:
	@$(MAKE) --no-print-directory VARIANT=coverage build/coverage/coverage.json
ifeq ($(VARIANT),coverage)
build/coverage/coverage.json: judge $(BUILD)/tests/grade/grade $(BUILD)/tests/grade/one/main $(MATRIX) \
        $(COVERED_FAULTS) data FORCE
	@$(MAKE) --no-print-directory $(UNIT_TESTS) $(UNIT_PROGRAMS)
	@find $(BUILD) -name '*.gcda' -delete
	@-BUILD=$(BUILD) sh tests/unit/run.sh $(UNIT_TESTS) $(wildcard $(addprefix tests/unit/test_,grade_*.py stock_*.py slurm.py))
	@$(call judge_in,none)
	@find $(BUILD) -name '*.gcda' -exec chmod a+w {} +
	@$(call judge_in,reduced quick)
	@$(call judge_in,full quick)
	@-$(MATRIX) '$(CURDIR)' $(JUDGE) build/coverage/mutants $(MUTANTS)
	@-FAULTS_VARIANT=coverage $(FAULTS) '$(FAULTY_CALLS)' seconds=60
	@gcovr -r . --gcov-ignore-parse-errors $(addprefix -f ,$(COVERED)) $(addprefix -e ,$(NOT_COVERED)) --exclude-unreachable-branches \
	    --exclude-throw-branches --json-summary $@ $(BUILD) >$(BUILD)/coverage.txt
	@/usr/bin/python3 tests/coverage/folders.py $@
endif
