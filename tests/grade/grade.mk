# ---- a class: SUBMISSIONS= a folder of them, or an archive
#
# What stands in the variables may be any text: the shell has it from its environment, where
# make puts what it was called with.

GRADE := $(BUILD)/tests/grade/grade
GRADE_ONE := $(BUILD)/tests/grade/one/main
LIBGRADE := $(BUILD)/libgrade.a
GRADE_OBJECTS := $(filter-out $(GRADE).o,$(call objects,tests/grade/*.c))

$(GRADE).o $(GRADE_OBJECTS): EXTRA := $(call flags_of,libarchive)
$(LIBGRADE): $(GRADE_OBJECTS)
$(GRADE) $(GRADE_ONE): %: %.o $(LIBGRADE) $(LIBJUDGE) $(STOCKS) $(FUTURES)
	$(Q)$(LINK) $^ -o $@ $(JUDGE_LIBRARIES)

.PHONY: grader
grader: judge $(GRADE) $(GRADE_ONE)
	@$(if $(QUICK),,$(MAKE) -s -k --no-print-directory VARIANT=asan $(call parts_of,asan) || true)
	@$(if $(QUICK),,$(MAKE) -s -k --no-print-directory VARIANT=tsan $(call parts_of,tsan) || true)

# (where sim_c cannot be had, it says so and grades without it)
.PHONY: grade
grade: grader
	@$(if $(filter no,$(SIMILAR)),,sh tests/setup/deps.sh grade || true)
	@$(GRADE) '$(CURDIR)' '$(BUILD)' "$$SUBMISSIONS" "out=$$OUT" "only=$$ONLY" "exercise=$$EX" \
	    "roster=$$ROSTER" "canvas=$$CANVAS" "canvas_column=$$CANVAS_COLUMN" \
	    "pending=$$PENDING" "jobs=$$JOBS" "box=$$BOX" "engine=$$ENGINE" "site=$$SITE" "similar=$$SIMILAR" $(if $(QUICK),quick)

# ---- what is handed out: to students, and to Gradescope

PACKER := $(BUILD)/tests/grade/packer/main
$(PACKER).o: EXTRA := $(call flags_of,libarchive)
$(PACKER): $(PACKER).o
	$(Q)$(LINK) $^ -o $@ $(call libs_of,libarchive)

.PHONY: handout
handout: $(PACKER)
	@sh tests/grade/hand_out.sh build/handout/files/workbook
	@$(PACKER) build/handout/workbook.tar.gz build/handout/files
	@echo build/handout/workbook.tar.gz

.PHONY: gradescope
gradescope: $(PACKER)
	@sh tests/grade/hand_out.sh build/gradescope/files/workbook
	@cp tests/grade/gradescope/* build/gradescope/files
	@$(PACKER) build/gradescope/autograder.zip build/gradescope/files
	@echo build/gradescope/autograder.zip
