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
# make report         the last check as a page to look at, build/report/report.html
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
#                     CANVAS=export.csv, CANVAS_COLUMN=name, PENDING=withhold|grant, JOBS=2,
#                     ENGINE=slurm on a cluster, SITE=file: what it wants to be told;
#                     SIMILAR=no: without the pairs that are alike
# make grader         build what make grade needs
# make handout        the students' archive, without answers: build/handout/workbook.tar.gz
# make gradescope     Gradescope's autograder: build/gradescope/autograder.zip
# make doctor         which box this machine gives to submissions, and what is missing
# make judge          build the judge, and what a submission is linked with
# make exercise       begin an exercise of your own: NEW=7.9-ranks, FROM=7.1 is copied
# make deps           fetch what the tests need; ALL=1: what all targets need
# make test           the project's own tests
# make unit           the unit tests alone; ONLY=word: those with this word in their names
# make test-slurm     make grade on a Slurm of two nodes that the test starts on this machine;
#                     FULL=1: 40 submissions
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
# make fuzz           fuzz all that reads what others wrote, carrying on what is in build/fuzz/:
#                     SECONDS=60 each, ONLY=word: those with this word in their names, JOBS=2
# make faults         let every call that may fail do so, one at a time, and look what comes of it:
#                     ONLY=word: those with this word in their names, SECONDS=60 for each
# make coverage       which lines and branches of what is given and trusted the tests run
# make calibrate      measure on a quiet machine what the solutions reach, into tests/7.x/speedup.txt;
#                     EX=7.2 one exercise, QUIET=yes: do not ask whether it is quiet
# make style          format, lint: clang-format, clang-tidy, cppcheck, shellcheck
# make strict         compile all with gcc and with clang, no warning allowed; ONLY=clang
# make fresh          the README's commands on fresh machines (as root; debootstrap), what they
#                     print into build/fresh/: SUITE='bookworm trixie' WHO='root student'
#                     PART=check|solutions|test ONLY=word MIRROR=address KEEP=1
# make archive        generate data/daily-stock.tgz anew
#
# VARIANT=plain|asan|tsan   the flavour of what is built
# CC=gcc CFLAGS='-O2 -g'    the compiler and its options
# V=1                       show the commands
# ----
#
# All output goes to build/, one folder a variant. An exercise is a folder 7.* under exercises/
# and tests/; nothing here lists them. Rules of one folder alone stand in its *.mk, included below.

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
FLAGS.coverage := --coverage -fprofile-update=atomic
ifeq ($(VARIANT),coverage)
CFLAGS := -O0 -g
endif

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

# In a recipe: what the linker is told so that calls of NAME go to each __wrap_NAME of these
# objects; and, after the compiler, WORD_ before every name that the object gives away, so that a
# program can hold it beside another one with the same names.
wraps_of = $$(nm $(1) | sed -n 's/.* T __wrap_/-Wl,--wrap=/p')
rename_all = nm -g --defined-only $(1) | awk '{ print $$3, "$(2)_" $$3 }' >$(1:.o=.names) && \
             $(OBJCOPY) --redefine-syms=$(1:.o=.names) $(1)
OBJCOPY ?= objcopy

FUTURES := $(BUILD)/libfutures.a
STOCKS := $(BUILD)/libstocks.a

.PHONY: all
all: $(FUTURES) $(STOCKS)

# ---- what must be installed

# Nearly every target needs the compiler and the libraries, and asks pkg-config for them while
# make reads this file. So what is missing is fetched by a file that is included: make updates
# included files first, and where one has changed it starts again and reads everything anew.
NEEDS_NOTHING := help clean deps reset book exercise fresh
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
ifeq ($(VARIANT),coverage)
$(FUTURES): $(call objects,tests/coverage/*.c)
endif
$(BUILD)/lib%.a:
	@mkdir -p $(@D)
	$(Q)rm -f $@ && $(AR) rcs $@ $^

# ---- what editors want to know: how each file is compiled (.clangd points there)

EDITED := $(shell find exercises solutions tests data -name '*.c' 2>/dev/null)
command_words = $(subst ",\",$(COMPILE)) $(addprefix -I,$(wildcard solutions/7.*)) $(call flags_of,check libarchive) -DJUDGE_COMPILER=\"gcc\" -DJUDGE_BUILT=\"build/plain\" -c
build/compile_commands.json: Makefile $(sort $(dir $(EDITED)))
	@mkdir -p $(@D)
	@{ separator='['; for file in $(EDITED); do \
	    printf '%s\n{"directory": "%s", "file": "%s", "arguments": [%s"%s"]}' "$$separator" '$(CURDIR)' "$$file" \
	        '$(foreach word,$(command_words),"$(word)",)' "$$file"; separator=,; done; echo ']'; } >$@.partial
	@mv $@.partial $@
all judge: build/compile_commands.json

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

# ---- the judge, and what it links a submission's runner from
#
# In tests/7.x/: judge*.c is trusted and part of the judge; runner*.c and baseline.c are part
# of a runner; reader.c is a program that reads what a runner wrote.

# A runner's parts stand in the way of the calls that they wrap. The names that an exercise's
# part of the judge has for itself it keeps to itself, so that none meets another's.

EXERCISES := $(notdir $(wildcard tests/7.*))
RUNNER := $(call objects,tests/judge/runner/*.c tests/judge/in_flight.c tests/judge/packet.c tests/judge/bytes_write.c)
LIBJUDGE := $(BUILD)/libjudge.a
JUDGE := $(BUILD)/tests/judge/judge
JUDGE_LIBRARIES := $(LIBRARIES) $(call libs_of,check libarchive)

JUDGE_OBJECTS := $(filter-out $(JUDGE).o,$(call objects,tests/judge/*.c))
RUBRIC_OBJECTS := $(call objects,tests/7.*/judge*.c)
RUBRICS := $(EXERCISES:%=$(BUILD)/tests/%/rubric.o)

$(JUDGE).o $(JUDGE_OBJECTS) $(RUBRIC_OBJECTS): EXTRA = $(call flags_of,check libarchive) \
    -DJUDGE_COMPILER='"$(CC)"' -DJUDGE_BUILT='"$(BUILD)"'
$(LIBJUDGE): $(JUDGE_OBJECTS)
$(JUDGE): $(JUDGE).o $(RUBRICS) $(LIBJUDGE) $(STOCKS) $(FUTURES)
	$(Q)$(LINK) $^ -o $@ $(JUDGE_LIBRARIES)

# What a submission is compiled and linked with: copies in a folder of their own, all that its
# compiler is let see, and the compiler's arguments as files.
define runner_rules
$(BUILD)/tests/$(1)/rubric.o: $(call objects,tests/$(1)/judge*.c)
	$$(Q)$$(LD) -r $$^ -o $$@ && $$(OBJCOPY) --keep-global-symbol=none $$@
RUNNER_PARTS.$(1) := $(call objects,tests/$(1)/runner*.c) $(RUNNER) $(STOCKS) $(FUTURES)
$(BUILD)/tests/$(1)/baseline: $(BUILD)/tests/$(1)/baseline.o $$(RUNNER_PARTS.$(1))
	$$(Q)$$(LINK) $$(call wraps_of,$$^) $$^ -o $$@ $$(RUNNER_LIBRARIES)
$(BUILD)/tests/$(1)/parts: $$(RUNNER_PARTS.$(1)) Makefile tests/setup/setup.mk tests/setup/static_hdf5.sh
	@rm -rf $$@ && mkdir -p $$@ && cp $$(RUNNER_PARTS.$(1)) $$@
	@echo '$$(LANGUAGE) $$(WARNINGS) -Wno-shadow $$(FLAGS.$(VARIANT)) $$(CFLAGS)' \
	    '-I$$(CURDIR)/exercises $$(call flags_of,jansson $$(HDF5))' >$$@/compile.rsp
	@echo '-pthread $$(FLAGS.$(VARIANT)) $$(CFLAGS) $$(LDFLAGS)' $$(call wraps_of,$$(RUNNER_PARTS.$(1))) \
	    '$$(addprefix $$(CURDIR)/$$@/,$$(notdir $$(RUNNER_PARTS.$(1))))' >$$@/link.rsp
	@{ cat $$@/link.rsp; echo '$$(LIBRARIES)'; } >$$@/link_shared.rsp
	@echo '$$(RUNNER_LIBRARIES)' >>$$@/link.rsp
JUDGE_PARTS += $(BUILD)/tests/$(1)/baseline $(BUILD)/tests/$(1)/parts
endef
$(foreach exercise,$(EXERCISES),$(eval $(call runner_rules,$(exercise))))

READERS := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/7.*/reader.c))
$(READERS): $(BUILD)/%: $(BUILD)/%.o $(STOCKS)
	$(Q)$(LINK) $^ -o $@ $(RUNNER_LIBRARIES)

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

# For quick answers: FIRST=1, nothing runs after the first test that fails; QUICK=answers, only
# what looks at answers; FROM=results, what these decided of the same file is not tested again.
# Checks of the student's own tree are kept, for `make progress`.
ATTEMPTS ?= $(if $(filter exercises,$(SUBMISSION)),.workbook/attempts.jsonl)

# What sanitizers need is built only where they are asked for.
parts_of = $(foreach exercise,$(EXERCISES),build/$(1)/tests/$(exercise)/parts build/$(1)/tests/$(exercise)/baseline)

sanitizers: FORCE
	@$(MAKE) -s --no-print-directory VARIANT=asan $(call parts_of,asan)
	@$(MAKE) -s --no-print-directory VARIANT=tsan $(call parts_of,tsan)

.PHONY: check
check: judge data
	@$(if $(QUICK),,$(MAKE) -s -k --no-print-directory VARIANT=asan $(call parts_of,asan) || true)
	@$(if $(QUICK),,$(MAKE) -s -k --no-print-directory VARIANT=tsan $(call parts_of,tsan) || true)
	@mkdir -p $(dir $(RESULTS)) .workbook
	@$(JUDGE) '$(CURDIR)' '$(SUBMISSION)' '$(RESULTS)' exercise=$(EX) $(if $(BOX),box=$(BOX)) $(if $(QUICK),quick) \
	    $(if $(filter answers,$(QUICK)),answers) $(if $(FROM),from='$(FROM)') \
	    $(if $(SEED),seed=$(SEED)) best=.workbook/best.json $(if $(ATTEMPTS),attempts=$(ATTEMPTS)) \
	    $(if $(FIRST),keep='$(CURDIR)/build/check/request')

# ---- a student's evening: tests/student/

STUDENT_FOLDERS := $(foreach id,$(IDS),$(call folder_of,$(id))=$(call submitted,$(id)))
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
	    $(STUDENT_FOLDERS)

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
mutants: judge sanitizers $(MATRIX)
	@[ '$(MATRIX)' ] || { echo "make mutants judges tests/mutants/, which is not here." >&2; exit 2; }
	@$(MATRIX) '$(CURDIR)' $(JUDGE) build/mutants $(call only,$(MUTANTS))
	@$(if $(ONLY),,sh tests/mutants/controls.sh)

# Hostile submissions, never outside of a box; then: is the judge unharmed, and the machine?
ATTACKS := $(sort $(wildcard tests/attacks/7.*/*.c tests/attacks/7.*/*.sh))

.PHONY: attacks
attacks: judge sanitizers $(MATRIX) $(DOCTOR)
	@[ '$(MATRIX)' ] || { echo "make attacks judges tests/attacks/, which is not here." >&2; exit 2; }
	@sh tests/attacks/check.sh $(MATRIX) $(JUDGE) $(DOCTOR) $(PROBE) '$(BOX)' $(call only,$(ATTACKS))

# ---- the rest stands beside what it builds: FOLDER/*.mk
#
# Those of the judge come before those that build on it.

include $(wildcard data/*.mk exercises/*/*.mk tests/judge/*/*.mk tests/*/*.mk)

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
