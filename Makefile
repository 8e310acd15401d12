# Asynchronous processing in C: everything is built and run from here.
# `make help` prints the first list below, `make help ALL=1` both.
#
# ----
# make check          check the exercises: prints a table, writes build/check/results.json
#                     EX=7.2: one exercise; QUICK=1: without speed and sanitizers;
#                     SUBMISSION=folder: instead of exercises/; SEED=7: repeat a check
#                     that ended with this seed
# make run-7.1        run an exercise by hand (run-7.2, run-7.3): WORKERS=4
#                     EXECUTOR=threads|processes|textbook SUBMISSION=folder DATA=folder
#                     N=4 (7.1: the table's side) COLUMN=close (7.3)
# make watch          check an exercise whenever its file is saved; shows what to fix first
# make progress       how far you are, the best that you reached, and what is next
# make reset EX=7.1   the file as it was given; your own is kept in .workbook/
# make trace          draw what ran when on which worker, into build/trace/: EX=7.3, and
#                     as above WORKERS= EXECUTOR= SUBMISSION= DATA= N=
# make plot           draw the stock data and how they correlate, into build/plot/: DATA=
#                     COLUMN= SUBMISSION= WORKERS= EXECUTOR=
# make compare        how much faster on threads and on processes, beside what the machine
#                     gives, into build/compare/; about two minutes: EX=7.2, SUBMISSION=
#                     ROUNDS=7, SYMBOLS=200 DAYS=2500 (of the data that it makes)
# make challenge      no points: how far is your 7.3 from what this machine can do, and what is
#                     the next step? WORKERS= EXECUTOR= SUBMISSION=
# ----
# make data           extract the stock data from data/daily-stock.tgz into data/daily-stock/;
#                     SYMBOLS=1000 DAYS=2500 SEED=7 SIZE=daily|lesson|unequal OUT=folder:
#                     generate other data
# make clean          remove what was built, and data/daily-stock/
# make help           what a student needs; ALL=1: all targets
# make book           all chapters as one page, build/book/book.html
# make all            build the libraries and the tools
# make debug-7.1      open gdb on the first test that fails (debug-7.2, debug-7.3)
# make grade          grade a class: SUBMISSIONS=folder or archive; OUT=folder (else beside it),
#                     EX=7.2, QUICK=1, ONLY=id for an appeal, ROSTER=roster.csv,
#                     CANVAS=export.csv, CANVAS_COLUMN=name, PENDING=withhold|grant, JOBS=2
# make grader         build what make grade needs
# make handout        the students' archive, without answers: build/handout/workbook.tar.gz
# make gradescope     Gradescope's autograder: build/gradescope/autograder.zip
# make doctor         which box this machine gives to submissions, and what is missing
# make judge          build the judge, and what a submission is linked with
# make deps           fetch what the tests need; ALL=1: what all targets need
# make test           the project's own tests
# make unit           the unit tests alone; ONLY=word: those with this word in their names
# make mutants        grade submissions whose verdict is known; ONLY=word
# make ladder         grade every step of the ladder of 7.3; ONLY=word, QUICK=1
# make bench          side by side with peers, into build/bench/; EX=futures, 7.2 or 7.3:
#                     one of them; RUNS=7: how many rounds
# make pictures       draw the picture in the statement of 7.1 anew
# make attacks        judge hostile submissions, in the box, and look what they left behind;
#                     BOX=reduced, ONLY=word
# make verdicts       prove the speed verdicts: code whose verdict is known, on idle and busy
#                     machines, into .workbook/verdicts.jsonl; N=100 CONDITION=one-hog
#                     ONLY=mutex SECONDS=600; REPORT=1: only the page, JSON, a picture
# make calibrate      measure on a quiet machine what the solutions reach, into tests/7.x/speedup.txt;
#                     EX=7.2 one exercise, QUIET=yes: do not ask whether it is quiet
# make archive        generate data/daily-stock.tgz anew
#
# VARIANT=plain|asan|tsan   the flavour of what is built
# CC=gcc CFLAGS='-O2 -g'    the compiler and its options
# V=1                       show the commands
# ----
#
# All output goes to build/, one folder a variant. An exercise is a folder 7.* under exercises/
# and tests/; nothing here lists them.

# Is this make asked to say only what it would do (-n)?
DRY_RUN := $(findstring n,$(filter-out --%,$(firstword $(MAKEFLAGS))))
MAKEFLAGS += --no-builtin-rules
SHELL := /bin/sh
.DELETE_ON_ERROR:
.SECONDARY:

CFLAGS ?= -O2 -g
ifeq ($(origin CC),default)
CC := gcc
endif

Q := $(if $(V),,@)
COMMA := ,

SUBMISSION ?= exercises
VARIANT ?= plain
BUILD := build/$(VARIANT)

# What a variant adds to the flags of every file.
FLAGS.plain :=
FLAGS.asan := -fsanitize=address,undefined -fno-omit-frame-pointer
FLAGS.tsan := -fsanitize=thread -fno-omit-frame-pointer

# Programs that have been fetched are found by pkg-config alone. Later HDF5 libraries have the
# functions of 1.10 under the names of 1.10 when they are asked.
HDF5 := $(shell pkg-config --exists hdf5-serial 2>/dev/null && echo hdf5-serial || echo hdf5)
flags_of = $(shell pkg-config --cflags $(1) 2>/dev/null)
libs_of = $(shell pkg-config --libs $(1) 2>/dev/null)

WARNINGS := -Wall -Wextra -Wshadow -Wno-unused-parameter
LANGUAGE := -std=c17 -D_GNU_SOURCE -pthread
INCLUDES := -DH5_USE_110_API -Iexercises -Itests $(addprefix -I,$(wildcard exercises/7.*)) $(call flags_of,jansson $(HDF5))
LIBRARIES := $(subst -lhdf5,-lhdf5_hl -lhdf5,$(call libs_of,$(HDF5))) \
             $(call libs_of,jansson) -lm

COMPILE = $(CC) $(LANGUAGE) $(WARNINGS) $(INCLUDES) $(FLAGS.$(VARIANT)) $(CFLAGS)
LINK = $(CC) -pthread $(FLAGS.$(VARIANT)) $(CFLAGS) $(LDFLAGS)

IDS := $(sort $(foreach folder,$(wildcard exercises/7.*),$(firstword $(subst -, ,$(notdir $(folder))))))
objects = $(patsubst %.c,$(BUILD)/%.o,$(wildcard $(1)))

FUTURES := $(BUILD)/libfutures.a
STOCKS := $(BUILD)/libstocks.a

.PHONY: all
all: $(FUTURES) $(STOCKS)

# ---- what must be installed

# Nearly every target needs the compiler and the libraries, and asks pkg-config for them while
# make reads this file. So what is missing is fetched by a file that is included: make updates
# included files first, and where one has changed it starts again and reads everything anew.
NEEDS_NOTHING := help clean deps reset book
NEEDS_TESTS := test unit bench
GOALS := $(filter-out $(NEEDS_NOTHING),$(or $(MAKECMDGOALS),all))
NEEDS := $(if $(GOALS),$(if $(filter $(NEEDS_TESTS),$(GOALS)),test,check))

.PHONY: FORCE
ifneq ($(if $(DRY_RUN)$(MAKE_RESTARTS),,$(NEEDS)),)
build/deps/$(NEEDS).mk: FORCE
	@sh tests/setup/deps.sh $(NEEDS) $@
include build/deps/$(NEEDS).mk
endif

.PHONY: deps
deps:
	@sh tests/setup/deps.sh $(if $(ALL),all,test) && echo "Everything is here."

# ---- objects and libraries

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	@$(if $(V),,echo "compiling $<")
	$(Q)$(COMPILE) $(EXTRA) -MMD -MP -c $< -o $@

$(FUTURES): $(call objects,exercises/futures/*.c)
$(STOCKS): $(call objects,exercises/stocks/*.c)
$(BUILD)/lib%.a:
	@mkdir -p $(@D)
	$(Q)rm -f $@ && $(AR) rcs $@ $^

# ---- what editors want to know: how each file is compiled (.clangd points there)

EDITED := $(shell find exercises solutions tests data -name '*.c' 2>/dev/null)
command_words = $(subst ",\",$(COMPILE)) $(call flags_of,check libarchive) -DJUDGE_COMPILER=\"gcc\" -DJUDGE_BUILT=\"build/plain\" -c
build/compile_commands.json: Makefile $(sort $(dir $(EDITED)))
	@mkdir -p $(@D)
	@{ separator='['; for file in $(EDITED); do \
	    printf '%s\n{"directory": "%s", "file": "%s", "arguments": [%s"%s"]}' "$$separator" '$(CURDIR)' "$$file" \
	        '$(foreach word,$(command_words),"$(word)",)' "$$file"; separator=,; done; echo ']'; } >$@.partial
	@mv $@.partial $@
all judge: build/compile_commands.json

# ---- data: extracted from data/daily-stock.tgz, or generated

# Where `make data` puts them.
OUT ?= data/daily-stock

# (SEED= of `make check` is another one)
GENERATE := $(foreach name,SIZE SYMBOLS DAYS $(if $(filter check,$(MAKECMDGOALS)),,SEED),$(if $($(name)),$(name)=$($(name))))
DATA_PROGRAMS := $(BUILD)/data/extractor $(BUILD)/data/generator
DATA_COMMON := $(filter-out $(DATA_PROGRAMS:=.o),$(call objects,data/*.c))

all: $(DATA_PROGRAMS)
$(DATA_COMMON) $(DATA_PROGRAMS:=.o): EXTRA := $(call flags_of,libarchive)
$(DATA_PROGRAMS): %: %.o $(DATA_COMMON)
	$(Q)$(LINK) $^ -o $@ $(call libs_of,libarchive)

# The extractor leaves a folder that is there as it is. Generated data take the place of the
# default folder, but not of another one that OUT names.
.PHONY: data
ifneq ($(strip $(GENERATE)),)
data: $(BUILD)/data/generator
	@$(if $(filter data/daily-stock,$(OUT)),rm -rf build/daily-stock)
	@$(BUILD)/data/generator $(OUT:data/daily-stock=build/daily-stock) $(GENERATE)
	@$(if $(filter data/daily-stock,$(OUT)),rm -rf $(OUT) && mv build/daily-stock $(OUT))
	@echo "$(OUT): $$(ls $(OUT) | wc -l) symbols"
else
data: $(BUILD)/data/extractor
	@$(BUILD)/data/extractor data/daily-stock.tgz $(OUT)
endif

# The same files give the same archive: names in order, no times, no owners.
.PHONY: archive
archive: $(BUILD)/data/generator
	rm -rf build/archive && mkdir -p build/archive
	$(BUILD)/data/generator build/archive/daily-stock
	tar -C build/archive -cf - --format=ustar --sort=name --mtime=@0 --owner=0 --group=0 \
	    --numeric-owner --mode=u=rwX,go=rX daily-stock | gzip -9n >data/daily-stock.tgz

# ---- the exercises by hand: run.c, exercises/run/ and the submission's one file
#
# A submission is a tree like exercises/, or any folder that holds submit.c and its like.
# Object and program stand in build/ under the submission's path.

folder_of = $(notdir $(wildcard exercises/$(1)-*))
file_of = $(patsubst $(1)-%,%.c,$(call folder_of,$(1)))
in_tree = $(SUBMISSION)/$(call folder_of,$(1))/$(call file_of,$(1))
found = $(firstword $(wildcard $(in_tree) $(SUBMISSION)/$(call file_of,$(1))) $(in_tree))
submitted = $(patsubst $(CURDIR)/%,%,$(abspath $(found)))
run_arguments = $(foreach name,WORKERS EXECUTOR N COLUMN DATA,$(if $($(name)),'$(name)=$($(name))'))

# $(1) the exercise, $(2) its folder, $(3) the submission's file without .c
define run_rules
$(BUILD)/$(3).run: $(BUILD)/exercises/$(2)/run.o $(BUILD)/$(3).o $(call objects,exercises/run/*.c) \
        $(STOCKS) $(FUTURES)
	$$(Q)$$(LINK) $$^ -o $$@ $$(LIBRARIES)
$(3).c:
	@echo "There is no $(3).c." >&2; exit 2
.PHONY: run-$(1)
run-$(1): $(BUILD)/$(3).run $(if $(DATA),,data)
	@$$< $$(run_arguments)
endef
$(foreach id,$(IDS),$(eval $(call run_rules,$(id),$(call folder_of,$(id)),$(basename $(call submitted,$(id))))))

# ---- pictures of the exercises: exercises/pictures/, into build/trace/, build/plot/, build/compare/

PICTURES ?= build
DATA_FOLDER = $(or $(DATA),data/daily-stock)

# 7.3 and what is drawn of the data need the files that 7.2 writes.
CONVERTER := $(if $(wildcard $(DATA_FOLDER)/*.h5),,$(BUILD)/$(basename $(call submitted,7.2)).run)
convert = $(if $(CONVERTER),$(CONVERTER) 'DATA=$(DATA_FOLDER)')

# What a traced program does is seen between run.c and the student's file.
RECORDED := submit_table convert_files load_series correlate_pairs executor_create executor_submit executor_map \
            executor_shutdown executor_destroy future_result future_error futures_wait completions_next
RECORDS := $(addprefix -Wl$(COMMA)--wrap=,$(RECORDED))
LANES := $(BUILD)/exercises/pictures/lanes/lanes
$(LANES): $(call objects,exercises/pictures/lanes/*.c)
	$(Q)$(LINK) $^ -o $@ $(LIBRARIES)

# $(1) the exercise, $(2) its folder, $(3) the submission's file without .c
define trace_rules
$(BUILD)/$(3).traced: $(BUILD)/exercises/$(2)/run.o $(BUILD)/$(3).o \
        $(call objects,exercises/run/*.c exercises/pictures/record/*.c) $(STOCKS) $(FUTURES)
	$$(Q)$$(LINK) $$(RECORDS) $$^ -o $$@ $$(LIBRARIES)
$(PICTURES)/trace/$(1).json: $(BUILD)/$(3).traced $(if $(filter 7.3,$(1)),$(CONVERTER)) $(LANES) $(if $(DATA),,data) FORCE
	@mkdir -p $$(@D) && rm -f $$@
	@$(if $(filter 7.3,$(1)),$(convert))
	@TRACE=$$@ $$< $$(run_arguments)
	@$$(LANES) $$(@:.json=.svg) 'What ran when: $(2) on $(or $(EXECUTOR),threads)' $$@
	@echo "$$(@:.json=.svg)  $$@"
TRACES += $(PICTURES)/trace/$(1).json
endef
$(foreach id,$(IDS),$(eval $(call trace_rules,$(id),$(call folder_of,$(id)),$(basename $(call submitted,$(id))))))

# gnuplot is fetched where it can be; without it there are tables and files, and no pictures.
DRAW := sh exercises/pictures/draw.sh
fetch_gnuplot = sh tests/setup/deps.sh pictures || true

# $(1) the submission's 7.3 without .c
define plot_rules
PLOT := $(BUILD)/$(1).plot
$(BUILD)/$(1).plot: $(BUILD)/$(1).o $(call objects,exercises/run/*.c exercises/pictures/plot/*.c) \
        $(STOCKS) $(FUTURES)
	$$(Q)$$(LINK) $$^ -o $$@ $$(LIBRARIES)
endef
$(eval $(call plot_rules,$(basename $(call submitted,7.3))))

.PHONY: plot
plot: $(PLOT) $(CONVERTER) $(if $(DATA),,data)
	@$(fetch_gnuplot)
	@$(convert)
	@mkdir -p $(PICTURES)/plot && $(PLOT) $(PICTURES)/plot $(run_arguments)
	@$(DRAW) exercises/pictures/plot/closes.gp $(PICTURES)/plot closes 1080 660
	@$(DRAW) exercises/pictures/plot/pair.gp $(PICTURES)/plot pair 960 620
	@$(DRAW) exercises/pictures/plot/matrix.gp $(PICTURES)/plot matrix 900 810

# Sequential is what the stub was, which tests/ keeps, whatever the student made of it.
ROUNDS ?= 7
COMPARE := $(PICTURES)/compare
SEQUENTIAL := $(foreach name,submit_table convert_files load_series correlate_pairs,-D$(name)=sequential_$(name))
compared_of = $(call objects,exercises/pictures/compare/*.c exercises/pictures/compare/$(1)/*.c exercises/run/*.c)
WRAPS.7.2 := -Wl,--wrap=hdf5_session_open,--wrap=hdf5_session_close
STUDIES.7.1 := submit_table
STUDIES.7.2 := convert_files
STUDIES.7.3 := load_series correlate_pairs

# $(1) the exercise, $(2) its folder, $(3) the submission's file without .c
define compare_rules
$(BUILD)/compare/$(2).o: tests/$(2)/baseline.c
	@mkdir -p $$(@D)
	$$(Q)$$(COMPILE) $$(SEQUENTIAL) -MMD -MP -c $$< -o $$@
$(BUILD)/$(3).compare: $(call compared_of,$(2)) $(BUILD)/$(3).o $(BUILD)/compare/$(2).o $(STOCKS) $(FUTURES)
	$$(Q)$$(LINK) $$(WRAPS.$(1)) $$^ -o $$@ $$(LIBRARIES)
$(COMPARE)/$(1).json: $(BUILD)/$(3).compare $(COMPARE)/stocks FORCE | $$(filter $$(COMPARED),$$(COMPARED_BEFORE))
	@$$< $$(COMPARE) $$(ROUNDS) $$(COMPARE)/stocks
	@$(foreach study,$(STUDIES.$(1)),$$(DRAW) exercises/pictures/compare/scaling.gp $$(COMPARE) $(1)-$(study) &&) :
	@$(if $(filter 7.3,$(1)),$$(DRAW) exercises/pictures/compare/grain.gp $$(COMPARE) 7.3-grain)
COMPARED_BEFORE += $(COMPARE)/$(1).json
endef
COMPARED := $(foreach id,$(or $(EX),$(IDS)),$(COMPARE)/$(id).json)
$(foreach id,$(IDS),$(eval $(call compare_rules,$(id),$(call folder_of,$(id)),$(basename $(call submitted,$(id))))))

$(COMPARE)/stocks: $(BUILD)/data/generator FORCE
	@$(fetch_gnuplot)
	@rm -rf $@ && mkdir -p $(@D)
	@$< $@ SYMBOLS=$(or $(SYMBOLS),200) DAYS=$(or $(DAYS),2500)

.PHONY: compare
compare: $(COMPARED)

# The picture in the statement of 7.1: a loop that waits for each result beside the solution.
WAITING := tests/mutants/7.1-submit/submit_then_wait.c
.PHONY: pictures
pictures: $(LANES)
	@mkdir -p build/pictures/waiting && cp $(WAITING) build/pictures/waiting/submit.c
	@$(MAKE) -s trace EX=7.1 WORKERS=4 SUBMISSION=build/pictures/waiting PICTURES=build/pictures/waiting
	@$(MAKE) -s trace EX=7.1 WORKERS=4 SUBMISSION=solutions PICTURES=build/pictures
	@$(LANES) exercises/7.1-submit/submit.svg 'The same 12 calls on 4 worker threads' \
	    'Submit, wait, submit, wait=build/pictures/waiting/trace/7.1.json' \
	    'Submit all, then collect=build/pictures/trace/7.1.json'

.PHONY: trace
trace: $(filter $(PICTURES)/trace/$(or $(EX),%).json,$(TRACES))

# ---- the judge, and what it links a submission's runner from
#
# In tests/7.x/: judge*.c is trusted and part of the judge; runner*.c and baseline.c are part
# of a runner; reader.c is a program that reads what a runner wrote.

WRAPPED := pthread_create thrd_create _exit _Exit executor_submit executor_map \
           executor_shutdown executor_destroy future_result futures_wait \
           pthread_mutex_lock pthread_cond_wait sem_wait
WRAPS := $(addprefix -Wl$(COMMA)--wrap=,$(WRAPPED))
EXERCISES := $(notdir $(wildcard tests/7.*))
RUNNER := $(call objects,tests/judge/runner/*.c tests/judge/in_flight.c tests/judge/packet.c)
LIBJUDGE := $(BUILD)/libjudge.a
JUDGE := $(BUILD)/tests/judge/judge
JUDGE_LIBRARIES := $(LIBRARIES) $(call libs_of,check libarchive)

JUDGE_OBJECTS := $(filter-out $(JUDGE).o,$(call objects,tests/judge/*.c))
RUBRIC_OBJECTS := $(call objects,tests/7.*/judge*.c)

$(JUDGE).o $(JUDGE_OBJECTS) $(RUBRIC_OBJECTS): EXTRA = $(call flags_of,check libarchive) \
    -DJUDGE_COMPILER='"$(CC)"' -DJUDGE_BUILT='"$(BUILD)"'
$(LIBJUDGE): $(JUDGE_OBJECTS)
$(JUDGE): $(JUDGE).o $(RUBRIC_OBJECTS) $(LIBJUDGE) $(STOCKS) $(FUTURES)
	$(Q)$(LINK) $^ -o $@ $(JUDGE_LIBRARIES)

# What a submission is compiled and linked with: copies in a folder of their own, all that its
# compiler is let see, and the compiler's arguments as two files.
define runner_rules
RUNNER_PARTS.$(1) := $(call objects,tests/$(1)/runner*.c) $(RUNNER) $(STOCKS) $(FUTURES)
$(BUILD)/tests/$(1)/baseline: $(BUILD)/tests/$(1)/baseline.o $$(RUNNER_PARTS.$(1))
	$$(Q)$$(LINK) $$(WRAPS) $$^ -o $$@ $$(LIBRARIES)
$(BUILD)/tests/$(1)/parts: $$(RUNNER_PARTS.$(1)) Makefile
	@rm -rf $$@ && mkdir -p $$@ && cp $$(RUNNER_PARTS.$(1)) $$@
	@echo '$$(LANGUAGE) $$(WARNINGS) -Wno-shadow $$(FLAGS.$(VARIANT)) $$(CFLAGS)' \
	    '-I$$(CURDIR)/exercises $$(call flags_of,jansson $$(HDF5))' >$$@/compile.rsp
	@echo '-pthread $$(FLAGS.$(VARIANT)) $$(CFLAGS) $$(LDFLAGS) $$(WRAPS)' \
	    '$$(addprefix $$(CURDIR)/$$@/,$$(notdir $$(RUNNER_PARTS.$(1)))) $$(LIBRARIES)' >$$@/link.rsp
JUDGE_PARTS += $(BUILD)/tests/$(1)/baseline $(BUILD)/tests/$(1)/parts
endef
$(foreach exercise,$(EXERCISES),$(eval $(call runner_rules,$(exercise))))

READERS := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/7.*/reader.c))
$(READERS): $(BUILD)/%: $(BUILD)/%.o $(STOCKS)
	$(Q)$(LINK) $^ -o $@ $(LIBRARIES)

PROBE := $(BUILD)/tests/judge/probe/main
$(PROBE): $(PROBE).o
	$(Q)$(LINK) $^ -o $@

# Which box works on this machine, and what to do where something is missing.
DOCTOR := $(BUILD)/tests/judge/doctor/main
$(DOCTOR): $(DOCTOR).o $(LIBJUDGE) $(FUTURES)
	$(Q)$(LINK) $^ -o $@ $(JUDGE_LIBRARIES)

.PHONY: doctor
doctor: $(DOCTOR) $(PROBE)
	@$(DOCTOR) '$(CURDIR)/$(PROBE)' '$(CURDIR)/Makefile'

.PHONY: judge
judge: $(JUDGE) $(PROBE) $(JUDGE_PARTS) $(READERS)

# ---- checking a submission: EX=7.2 one exercise, QUICK=1 without speed and sanitizers

RESULTS ?= build/check/results.json

# FIRST=1: nothing runs after the first test that fails, for quick answers.
# Checks of the student's own tree are kept, for `make progress`.
ATTEMPTS ?= $(if $(filter exercises,$(SUBMISSION)),.workbook/attempts.jsonl)

# What sanitizers need is built only where they are asked for.
parts_of = $(foreach exercise,$(EXERCISES),build/$(1)/tests/$(exercise)/parts build/$(1)/tests/$(exercise)/baseline)

.PHONY: check
check: judge data
	@$(if $(QUICK),,$(MAKE) -s -k --no-print-directory VARIANT=asan $(call parts_of,asan) || true)
	@$(if $(QUICK),,$(MAKE) -s -k --no-print-directory VARIANT=tsan $(call parts_of,tsan) || true)
	@mkdir -p $(dir $(RESULTS)) .workbook
	@$(JUDGE) '$(CURDIR)' '$(SUBMISSION)' '$(RESULTS)' exercise=$(EX) $(if $(BOX),box=$(BOX)) $(if $(QUICK),quick) \
	    $(if $(SEED),seed=$(SEED)) best=.workbook/best.json $(if $(ATTEMPTS),attempts=$(ATTEMPTS)) \
	    $(if $(FIRST),keep='$(CURDIR)/build/check/request')

# ---- a student's evening: tests/student/

STUDENT_FILES := $(foreach id,$(IDS),$(id)=$(call submitted,$(id)))

# (what a save has to wait for is built before)
.PHONY: watch
watch: judge data
	@sh tests/setup/deps.sh watch || true
	@sh tests/student/watch.sh '$(SUBMISSION)' $(STUDENT_FILES)

PROGRESS := $(BUILD)/tests/judge/progress/main
$(PROGRESS): $(PROGRESS).o $(LIBJUDGE) $(FUTURES)
	$(Q)$(LINK) $^ -o $@ $(JUDGE_LIBRARIES)

.PHONY: progress
progress: $(PROGRESS)
	@$(PROGRESS) '$(or $(ATTEMPTS),.workbook/attempts.jsonl)' \
	    $(foreach id,$(IDS),$(call folder_of,$(id))=$(call submitted,$(id)))

# The chapters in the order of reading, as one page; what is drawn so far goes with them.
CHAPTERS := exercises/README.md $(wildcard exercises/7.*/README.md) exercises/futures/README.md data/README.md
.PHONY: book
book:
	@sh tests/setup/deps.sh book || true
	@sh exercises/book/book.sh build/book/book.html build $(CHAPTERS)

# The file goes to .workbook/, under a number.
.PHONY: reset
reset:
	@$(if $(filter $(EX),$(IDS)),,echo 'Which one? make reset EX=7.1' >&2; exit 2)
	@sh tests/student/reset.sh tests/$(call folder_of,$(EX))/baseline.c \
	    $(call submitted,$(EX)) .workbook

# The first test that fails, once more, under a debugger: its request without the judge.
GDB ?= gdb

define debug_rules
.PHONY: debug-$(1)
debug-$(1): judge data
	@rm -f build/check/request
	@$$(JUDGE) '$$(CURDIR)' '$$(SUBMISSION)' '$$(RESULTS)' exercise=$(1) box=none quick \
	    'keep=$$(CURDIR)/build/check/request' | grep -A 4 FAILED || echo "No test of $(1) fails."
	@if [ -f build/check/request ]; then $$(GDB) -q --args \
	    build/check/$(call folder_of,$(1))/runner replay build/check/request; fi
endef
$(foreach id,$(IDS),$(eval $(call debug_rules,$(id))))

# ---- a class: SUBMISSIONS= a folder of them, or an archive
#
# What stands in the variables may be any text: the shell has it from its environment, where
# make puts what it was called with.

GRADE := $(BUILD)/tests/grade/grade
LIBGRADE := $(BUILD)/libgrade.a
GRADE_OBJECTS := $(filter-out $(GRADE).o,$(call objects,tests/grade/*.c))

$(GRADE).o $(GRADE_OBJECTS): EXTRA := $(call flags_of,libarchive)
$(LIBGRADE): $(GRADE_OBJECTS)
$(GRADE): $(GRADE).o $(LIBGRADE) $(LIBJUDGE) $(STOCKS) $(FUTURES)
	$(Q)$(LINK) $^ -o $@ $(JUDGE_LIBRARIES)

.PHONY: grader
grader: judge $(GRADE)
	@$(if $(QUICK),,$(MAKE) -s -k --no-print-directory VARIANT=asan $(call parts_of,asan) || true)
	@$(if $(QUICK),,$(MAKE) -s -k --no-print-directory VARIANT=tsan $(call parts_of,tsan) || true)

.PHONY: grade
grade: grader
	@$(GRADE) '$(CURDIR)' '$(BUILD)' "$$SUBMISSIONS" "out=$$OUT" "only=$$ONLY" "exercise=$$EX" \
	    "roster=$$ROSTER" "canvas=$$CANVAS" "canvas_column=$$CANVAS_COLUMN" \
	    "pending=$$PENDING" "jobs=$$JOBS" "box=$$BOX" $(if $(QUICK),quick)

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

# ---- submissions whose verdict is known

only = $(if $(ONLY),$(foreach name,$(1),$(if $(findstring $(ONLY),$(name)),$(name))),$(1))
# (they are not handed out to students)
MATRIX := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/mutants/matrix.c))
MUTANTS := $(sort $(wildcard tests/mutants/7.*/*.c tests/mutants/7.*/*.sh))

ifneq ($(MATRIX),)
$(MATRIX): $(call objects,tests/mutants/*.c) $(LIBJUDGE) $(FUTURES)
	$(Q)$(LINK) $^ -o $@ $(JUDGE_LIBRARIES)
endif

# ONLY=word: those with this word in their path. Then, which of them fail one test alone.
.PHONY: mutants
mutants: judge $(MATRIX)
	@[ '$(MATRIX)' ] || { echo "make mutants judges tests/mutants/, which is not here." >&2; exit 2; }
	@$(MAKE) -s --no-print-directory VARIANT=asan $(call parts_of,asan)
	@$(MAKE) -s --no-print-directory VARIANT=tsan $(call parts_of,tsan)
	@$(MATRIX) '$(CURDIR)' $(JUDGE) build/mutants $(call only,$(MUTANTS))
	@$(if $(ONLY),,sh tests/mutants/controls.sh)

# Hostile submissions, never outside of a box; then: is the judge unharmed, and the machine?
ATTACKS := $(sort $(wildcard tests/attacks/7.*/*.c tests/attacks/7.*/*.sh))

.PHONY: attacks
attacks: judge $(MATRIX) $(DOCTOR)
	@[ '$(MATRIX)' ] || { echo "make attacks judges tests/attacks/, which is not here." >&2; exit 2; }
	@sh tests/attacks/check.sh $(MATRIX) $(JUDGE) $(DOCTOR) $(PROBE) '$(BOX)' $(call only,$(ATTACKS))

# ---- speed verdicts: the campaign that proves them

VERDICTS := tests/judge/verdicts
CAMPAIGN := $(BUILD)/$(VERDICTS)/campaign
CALIBRATE := $(BUILD)/$(VERDICTS)/calibrate
VERDICTS_MAINS := $(addsuffix .o,$(CAMPAIGN) $(CALIBRATE))
VERDICTS_COMMON := $(filter-out $(VERDICTS_MAINS),$(call objects,$(VERDICTS)/*.c))
VERDICTS_ANSWERS := .workbook/verdicts.jsonl

$(VERDICTS_MAINS) $(VERDICTS_COMMON): EXTRA = $(call flags_of,check) -DJUDGE_BUILT='"$(BUILD)"'
$(CAMPAIGN) $(CALIBRATE): %: %.o $(VERDICTS_COMMON) $(RUBRIC_OBJECTS) $(LIBJUDGE) $(STOCKS) $(FUTURES)
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

# ---- the ladder of 7.3: solutions/7.3-correlations/ladder/, a step a file
#
# As functions side by side, step_4_lanes_2 ...: every step, told to believe in vectors of at
# most 2, 4 and 8 numbers. As submissions, which are one file: build/ladder/4-simd/.

LADDER := solutions/7.3-correlations/ladder
STEPS := $(basename $(notdir $(wildcard $(LADDER)/[0-9]-*.c)))
LADDER_OBJECTS := $(foreach lanes,2 4 8,$(STEPS:%=$(BUILD)/ladder/%-lanes-$(lanes).o))
OBJCOPY ?= objcopy

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

# ---- unit tests: a program for each tests/unit/test_*.c, and scripts that print TAP as well

# (those of the exercises only where solutions/ is there, and the like)
UNIT_TESTS := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/unit/test_*.c))
ifeq ($(wildcard solutions),)
UNIT_TESTS := $(filter-out %/test_ladder $(foreach id,$(IDS),%/test_$(basename $(call file_of,$(id)))),$(UNIT_TESTS))
endif
UNIT_SCRIPTS := $(wildcard tests/unit/test_*.sh tests/unit/test_*.py)
ifeq ($(MATRIX),)
UNIT_SCRIPTS := $(filter-out %/test_mutants.sh %/test_attacks.sh,$(UNIT_SCRIPTS))
endif
UNIT_COMMON := $(call objects,$(filter-out tests/unit/test_%,$(wildcard tests/unit/*.c)))

$(UNIT_COMMON) $(UNIT_TESTS:=.o): EXTRA := $(call flags_of,check)
$(BUILD)/tests/unit/test_%: $(BUILD)/tests/unit/test_%.o $(UNIT_COMMON) $(LIBJUDGE) $(STOCKS) $(FUTURES)
	$(Q)$(LINK) $(filter %.o,$^) $(filter %.a,$^) -o $@ $(JUDGE_LIBRARIES)

# The test of an exercise holds both: the stub, its functions renamed, and the solution.
define unit_rules
$(BUILD)/tests/unit/stub/$(1).o: $(2)
	@mkdir -p $$(@D)
	$$(Q)$$(COMPILE) -include tests/unit/exercise_stubs.h -MMD -MP -c $$< -o $$@
$(BUILD)/tests/unit/test_$(1): $(BUILD)/tests/unit/stub/$(1).o $(BUILD)/solutions/$(2:exercises/%.c=%.o)
endef
in_exercises = exercises/$(call folder_of,$(1))/$(call file_of,$(1))
$(foreach id,$(IDS),$(eval $(call unit_rules,$(basename $(call file_of,$(id))),$(call in_exercises,$(id)))))

# The grader stands on the judge, so its library comes before that one.
GRADE_TESTS := $(filter $(BUILD)/tests/unit/test_grade_%,$(UNIT_TESTS))
$(GRADE_TESTS:=.o): EXTRA := $(call flags_of,check libarchive)
$(GRADE_TESTS): LDFLAGS += $(LIBGRADE)
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
unit: $(UNIT_TESTS) $(UNIT_PROGRAMS) $(DATA_PROGRAMS) $(PROGRESS)
	@BUILD=$(BUILD) sh tests/unit/run.sh $(foreach test,$(UNIT_TESTS) $(UNIT_SCRIPTS),\
	    $(if $(findstring $(or $(ONLY),$(test)),$(test)),$(test)))

# The project's own tests: the unit tests, those in C once more watched by sanitizers (threads
# only where threads are what is tested), and what the scripts do with the judge.
SANITIZED_TESTS := $(UNIT_TESTS:$(BUILD)/%=build/asan/%) \
    $(patsubst $(BUILD)/%,build/tsan/%,$(foreach test,$(UNIT_TESTS),$(if $(findstring futures,$(test)),$(test))))

.PHONY: test
test: $(UNIT_TESTS) $(UNIT_PROGRAMS) $(DATA_PROGRAMS) $(PROGRESS) judge $(GRADE) $(MATRIX) $(DOCTOR) $(CALIBRATE)
	@$(MAKE) --no-print-directory VARIANT=asan $(call parts_of,asan) \
	    $(filter build/asan/%,$(SANITIZED_TESTS))
	@$(MAKE) --no-print-directory VARIANT=tsan $(call parts_of,tsan) \
	    $(filter build/tsan/%,$(SANITIZED_TESTS))
	@BUILD=$(BUILD) sh tests/unit/run.sh $(call only,$(UNIT_TESTS) $(UNIT_SCRIPTS) $(SANITIZED_TESTS))

# ---- side by side with peers: EX=futures, 7.2 or 7.3 picks one, RUNS= how many rounds
#
# A folder of tests/bench/ is a program, of all its *.c. It writes build/bench/EX.json, by a rule
# of its own.

BENCH_COMMON := $(call objects,tests/bench/*.c tests/judge/median.c)
BENCHES := $(if $(wildcard solutions),$(notdir $(patsubst %/bench.c,%,$(wildcard tests/bench/*/bench.c))))
bench_file = build/bench/$(firstword $(subst -, ,$(1))).json
BENCH_FILES := $(filter $(if $(EX),build/bench/$(EX).json,%),$(foreach folder,$(BENCHES),$(call bench_file,$(folder))))

# $(1) the folder. One runs after the other, whatever -j says.
define bench_rules
$(BUILD)/tests/bench/$(1)/bench: $(call objects,tests/bench/$(1)/*.c) $(BENCH_COMMON) $(STOCKS) $(FUTURES)
	$$(Q)$$(LINK) $$(filter %.o,$$^) $$(filter %.a,$$^) -o $$@ $$(LIBRARIES) $$(BENCH_LIBRARIES)
$(call bench_file,$(1)): $(BUILD)/tests/bench/$(1)/bench FORCE | $$(filter $$(BENCH_FILES),$$(BENCHES_BEFORE))
BENCHES_BEFORE += $(call bench_file,$(1))
endef
$(foreach folder,$(BENCHES),$(eval $(call bench_rules,$(folder))))

.PHONY: bench
bench: $(BENCH_FILES)
	@[ -d solutions ] || { echo "make bench compares solutions/, which is not here." >&2; exit 2; }

# 7.2 holds both, as its unit test: the stub, its function renamed, and the solution.
ifneq ($(filter 7.2-conversion,$(BENCHES)),)
$(BUILD)/tests/bench/7.2-conversion/bench: $(BUILD)/tests/unit/stub/conversion.o \
        $(BUILD)/solutions/7.2-conversion/conversion.o
build/bench/7.2.json: $(BUILD)/data/generator
	@rm -rf build/bench/7.2 && mkdir -p build/bench/7.2
	@$(BUILD)/data/generator build/bench/7.2/source SYMBOLS=30 DAYS=10000
	@$(BUILD)/tests/bench/7.2-conversion/bench build/bench/7.2/source build/bench/7.2/files $@ $(RUNS)
endif

# 7.3 too, and the top of the ladder. Its dsyrk is left out where there is no OpenBLAS.
ifneq ($(filter 7.3-correlations,$(BENCHES)),)
DSYRK := $(BUILD)/tests/bench/7.3-correlations/peers/dsyrk
$(BUILD)/tests/bench/7.3-correlations/bench: $(BUILD)/tests/unit/stub/correlations.o \
        $(BUILD)/solutions/7.3-correlations/correlations.o $(BUILD)/ladder/5-tiles-lanes-8.o
$(DSYRK): tests/bench/7.3-correlations/peers/dsyrk.c
	@mkdir -p $(@D)
	@gcc -O3 -march=native -fopenmp $(call flags_of,openblas) $< -o $@ $(call libs_of,openblas) -lm 2>$@.log || \
	    echo 'The peer dsyrk cannot be built here.'
build/bench/7.3.json: $(DSYRK)
	@mkdir -p build/bench/7.3
	@$(BUILD)/tests/bench/7.3-correlations/bench $(dir $(DSYRK)) build/bench/7.3 $@ $(RUNS)
endif

# The peers of futures are programs of their own; one that cannot be built here is left out.
ifneq ($(filter futures,$(BENCHES)),)
PEER_SOURCES := $(wildcard tests/bench/futures/peers/*.c tests/bench/futures/peers/*.cpp)
PEERS := $(addprefix $(BUILD)/,$(basename $(PEER_SOURCES)))
PEER.glib := glib-2.0
PEER.libuv := libuv
PEER.tbb := tbb
PEER.tbb-promise := tbb
peer_needs = $(PEER.$(notdir $(1)))
build_peer = $(1) -O2 -g -pthread $(call flags_of,$(call peer_needs,$@)) $< -o $@ \
    $(call libs_of,$(call peer_needs,$@)) 2>$@.log || echo 'The peer $(notdir $@) cannot be built here.'

$(filter %/openmp,$(PEERS)): PEER_FLAGS := -fopenmp
$(BUILD)/tests/bench/futures/peers/%: tests/bench/futures/peers/%.c tests/bench/futures/orders.h
	@mkdir -p $(@D)
	@$(call build_peer,$(CC) -std=gnu17 $(PEER_FLAGS))
$(BUILD)/tests/bench/futures/peers/%: tests/bench/futures/peers/%.cpp tests/bench/futures/orders.h
	@mkdir -p $(@D)
	@$(call build_peer,$(CXX) -std=c++17)

build/bench/futures.json: $(PEERS)
	@$(BUILD)/tests/bench/futures/bench $(BUILD)/tests/bench/futures/peers $@ $(RUNS)
endif

# ---- help and cleaning

.PHONY: help
help:
	@awk '/^# ----$$/ { part++; next } part == 3 { exit } \
	      part == 1 || (part == 2 && all) { sub(/^# ?/, ""); print }' all=$(ALL) Makefile
	@$(if $(ALL),,echo; echo 'make help ALL=1 lists all targets.')

# What must outlive this, a student's best scores and saved files, is in .workbook/.
.PHONY: clean
clean:
	rm -rf build data/daily-stock data/daily-stock.??????

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
