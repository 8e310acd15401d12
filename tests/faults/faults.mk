# ---- calls that fail: every one of them in turn, in what must not mind
#
# The functions in the order of fault.c.

FAULTY_CALLS := malloc calloc realloc aligned_alloc strdup strndup asprintf vasprintf open_memstream \
                fopen fdopen fwrite fclose open openat opendir mkdir mkdtemp write pwrite ftruncate fsync \
                rename renameat linkat mmap memfd_create pipe2 socketpair eventfd pidfd_open fork pthread_create \
                json_load_file json_dump_file fputs fprintf
FAULTY_LINK = $(LINK) $(addprefix -Wl$(COMMA)--wrap=,$(FAULTY_CALLS))
FAULT := $(call objects,tests/faults/fault.c tests/faults/leftovers.c)
FAULTY := $(BUILD)/tests/faults

ifneq ($(wildcard solutions),)
$(FAULTY)/conversion: $(BUILD)/solutions/7.2-conversion/conversion.o
$(FAULTY)/correlation: $(BUILD)/solutions/7.3-correlations/correlations.o
endif
$(FAULTY)/conversion $(FAULTY)/correlation: %: %.o $(FAULT) $(STOCKS) $(FUTURES)
	$(Q)$(FAULTY_LINK) $(filter %.o,$^) $(filter %.a,$^) -o $@ $(LIBRARIES)
$(FAULTY)/judge: $(JUDGE).o $(RUBRIC_OBJECTS) $(FAULT) $(LIBJUDGE) $(STOCKS) $(FUTURES)
	$(Q)$(FAULTY_LINK) $^ -o $@ $(JUDGE_LIBRARIES)
$(FAULTY)/grade: $(BUILD)/tests/grade/grade.o
$(FAULTY)/one: $(BUILD)/tests/grade/one/main.o
$(FAULTY)/grade $(FAULTY)/one: $(FAULT) $(BUILD)/libgrade.a $(LIBJUDGE) $(STOCKS) $(FUTURES)
	$(Q)$(FAULTY_LINK) $(filter %.o,$^) $(filter %.a,$^) -o $@ $(JUDGE_LIBRARIES)

# Futures, stocks and the grader are watched for what they leak.
FAULTS_BUILT := $(addprefix build/asan/tests/faults/,conversion correlation grade one) build/plain/tests/faults/judge
FAULTS := /usr/bin/python3 tests/faults/campaign.py

.PHONY: faults
faults: judge
	@$(MAKE) -s --no-print-directory VARIANT=asan $(filter build/asan/%,$(FAULTS_BUILT))
	@$(MAKE) -s --no-print-directory VARIANT=plain $(filter build/plain/%,$(FAULTS_BUILT))
	@$(FAULTS) '$(FAULTY_CALLS)' 'only=$(ONLY)' 'seconds=$(SECONDS)'
