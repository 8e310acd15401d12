# ---- coverage: which lines and branches of what is given and trusted the tests run
#
# The judge on solutions and stubs; the variant's unit tests, its judge in every box and its graders,
# Slurm among them; mutants; and a sample of the calls that fail. What is counted is written beside
# the objects, by whoever runs (boxes have users of their own); a runner can write nothing in a box.
# About an hour. VARIANT=coverage builds it. Counts of what was killed while it wrote them may be
# spoilt.

COVERED := 'exercises/(futures|stocks|run|7\.)' 'tests/(judge|grade|7\.)'
COVERED_FAULTS := $(addprefix $(BUILD)/tests/faults/,conversion correlation judge grade one)
NOT_COVERED := 'tests/judge/verdicts/.*' 'tests/judge/probe/.*' 'tests/grade/packer/.*'

COVERING := $(wildcard $(addprefix tests/unit/test_,boxes.sh leftovers.sh one_processor.sh progress.sh \
            grade_*.py stock_*.py hdf5_reader.py slurm.py))

.PHONY: coverage
coverage: sanitizers
	@$(MAKE) --no-print-directory VARIANT=coverage build/coverage/coverage.json
ifeq ($(VARIANT),coverage)
build/coverage/coverage.json: judge $(DOCTOR) $(PROGRESS) $(MATRIX) $(COVERED_FAULTS) data $(DATA_PROGRAMS) \
        $(BUILD)/tests/grade/grade $(BUILD)/tests/grade/one/main FORCE
	@$(MAKE) --no-print-directory $(UNIT_TESTS) $(UNIT_PROGRAMS)
	@find $(BUILD) -name '*.gcda' -delete
	@for submission in solutions exercises; do \
	    $(JUDGE) '$(CURDIR)' $$submission build/coverage/results.json output=build/coverage/check box=none || true; done
	@find $(BUILD) -name '*.gcda' -exec chmod a+w {} +
	@-BUILD=$(BUILD) sh tests/unit/run.sh $(UNIT_TESTS) $(COVERING)
	@-$(MATRIX) '$(CURDIR)' $(JUDGE) build/coverage/mutants $(MUTANTS)
	@-FAULTS_VARIANT=coverage $(FAULTS) '$(FAULTY_CALLS)' seconds=60
	@gcovr -r . --gcov-ignore-parse-errors $(addprefix -f ,$(COVERED)) $(addprefix -e ,$(NOT_COVERED)) --exclude-unreachable-branches \
	    --exclude-throw-branches --json-summary $@ $(BUILD) >$(BUILD)/coverage.txt
	@/usr/bin/python3 tests/coverage/folders.py $@
endif
