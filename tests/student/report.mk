# ---- the last check as a page
#
# Like run-7.x, what it records of the student's code runs without a box.

REPORTER := $(BUILD)/tests/student/report/main
$(REPORTER): $(call objects,tests/student/report/*.c exercises/pictures/lanes/timeline.c) $(LIBJUDGE) $(FUTURES)
	$(Q)$(LINK) $^ -o $@ $(JUDGE_LIBRARIES)

.PHONY: report
report: $(REPORTER)
	@mkdir -p $(PICTURES)/report
	@sh tests/student/record.sh '$(SUBMISSION)' '$(RESULTS)' $(PICTURES)/trace $(STUDENT_FOLDERS)
	@$(REPORTER) . '$(RESULTS)' '$(or $(ATTEMPTS),.workbook/attempts.jsonl)' $(PICTURES)/trace $(COMPARE) \
	    $(PICTURES)/report/report.html $(STUDENT_FOLDERS)
