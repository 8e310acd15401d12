# ---- unit tests: a program for each tests/unit/test_*.c, and scripts that print TAP as well

# (those of the exercises only where solutions/ is there, and the like)
UNIT_TESTS := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/unit/test_*.c))
ifeq ($(wildcard solutions),)
UNIT_TESTS := $(filter-out %/test_ladder $(foreach id,$(IDS),%/test_$(basename $(call file_of,$(id)))),$(UNIT_TESTS))
endif
UNIT_SCRIPTS := $(wildcard tests/unit/test_*.sh tests/unit/test_*.py)
ifeq ($(MATRIX),)
UNIT_SCRIPTS := $(filter-out %/test_mutants.sh %/test_attacks.sh %/test_slurm.py,$(UNIT_SCRIPTS))
endif
UNIT_COMMON := $(call objects,$(filter-out tests/unit/test_%,$(wildcard tests/unit/*.c)))

$(UNIT_COMMON) $(UNIT_TESTS:=.o): EXTRA := $(call flags_of,check)
$(BUILD)/tests/unit/test_%: $(BUILD)/tests/unit/test_%.o $(UNIT_COMMON) $(LIBJUDGE) $(STOCKS) $(FUTURES)
	$(Q)$(LINK) $(filter %.o,$^) -Wl,--start-group $(filter %.a,$^) -Wl,--end-group -o $@ $(JUDGE_LIBRARIES)

# The test of an exercise holds both: the stub, its functions renamed stub_..., and the solution.
define unit_rules
$(BUILD)/tests/unit/stub/$(1).o: $(2)
	@mkdir -p $$(@D)
	$$(Q)$$(COMPILE) -MMD -MP -c $$< -o $$@ && $$(call rename_all,$$@,stub)
$(BUILD)/tests/unit/test_$(1): $(BUILD)/tests/unit/stub/$(1).o $(BUILD)/solutions/$(2:exercises/%.c=%.o)
endef
in_exercises = exercises/$(call folder_of,$(1))/$(call file_of,$(1))
$(foreach id,$(IDS),$(eval $(call unit_rules,$(basename $(call file_of,$(id))),$(call in_exercises,$(id)))))

GRADE_TESTS := $(filter $(BUILD)/tests/unit/test_grade_%,$(UNIT_TESTS))
$(GRADE_TESTS:=.o): EXTRA := $(call flags_of,check libarchive)
$(GRADE_TESTS): $(LIBGRADE)

$(BUILD)/tests/unit/test_ladder: $(BUILD)/tests/unit/stub/correlations.o $(LADDER_OBJECTS)

$(BUILD)/tests/unit/test_ladder_steps: $(BUILD)/tests/challenge/ladder_steps.o

DATA_TESTS := $(BUILD)/tests/unit/test_stock_archive $(BUILD)/tests/unit/test_stock_data
$(DATA_TESTS): $(DATA_COMMON)

$(BUILD)/tests/unit/test_order: $(BUILD)/exercises/pictures/plot/order.o
$(BUILD)/tests/unit/test_bench: $(call objects,tests/bench/*.c)

# What the scripts among the tests call.
UNIT_PROGRAMS := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/unit/programs/*.c))
$(UNIT_PROGRAMS): %: %.o $(LIBGRADE) $(LIBJUDGE) $(STOCKS) $(FUTURES)
	$(Q)$(LINK) $^ -o $@ $(JUDGE_LIBRARIES)

# The unit tests of one variant; `make unit ONLY=futures` runs those whose name has futures.
.PHONY: unit
unit: $(UNIT_TESTS) $(UNIT_PROGRAMS) $(DATA_PROGRAMS) $(PROGRESS) $(REPORTER)
	@BUILD=$(BUILD) sh tests/unit/run.sh $(foreach test,$(UNIT_TESTS) $(UNIT_SCRIPTS),\
	    $(if $(findstring $(or $(ONLY),$(test)),$(test)),$(test)))

# The project's own tests: the unit tests, those in C once more watched by sanitizers (threads
# only where threads are what is tested), and what the scripts do with the judge.
SANITIZED_TESTS := $(UNIT_TESTS:$(BUILD)/%=build/asan/%) \
    $(patsubst $(BUILD)/%,build/tsan/%,$(foreach test,$(UNIT_TESTS),$(if $(findstring futures,$(test)),$(test))))

.PHONY: test
test: $(UNIT_TESTS) $(UNIT_PROGRAMS) $(DATA_PROGRAMS) $(PROGRESS) $(REPORTER) judge $(GRADE) $(GRADE_ONE) $(MATRIX) $(DOCTOR) $(CALIBRATE)
	@$(MAKE) --no-print-directory VARIANT=asan $(call parts_of,asan) \
	    $(filter build/asan/%,$(SANITIZED_TESTS)) \
	    $(if $(wildcard solutions),$(addprefix build/asan/tests/faults/,conversion correlation))
	@$(MAKE) --no-print-directory VARIANT=tsan $(call parts_of,tsan) \
	    $(filter build/tsan/%,$(SANITIZED_TESTS))
	@! sh tests/setup/has_fuzzer.sh || $(MAKE) --no-print-directory VARIANT=fuzz CC=$(CLANG) $(FUZZ_PROGRAMS)
	@BUILD=$(BUILD) sh tests/unit/run.sh $(call only,$(UNIT_TESTS) $(UNIT_SCRIPTS) $(SANITIZED_TESTS))

# make grade on a real Slurm, of two nodes that the test starts here; FULL=1: 40 submissions.
.PHONY: test-slurm
test-slurm: grader
	@BUILD=$(BUILD) FULL='$(FULL)' sh tests/unit/run.sh tests/unit/test_slurm.py
