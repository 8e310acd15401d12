# ---- pictures of the exercises: exercises/pictures/, into build/trace/, build/plot/, build/compare/

PICTURES ?= build
DATA_FOLDER = $(or $(DATA),data/daily-stock)

# 7.3 and what is drawn of the data need the files that 7.2 writes.
CONVERTER := $(if $(wildcard $(DATA_FOLDER)/*.h5),,$(BUILD)/$(basename $(call submitted,7.2)).run)
convert = $(if $(CONVERTER),$(CONVERTER) 'DATA=$(DATA_FOLDER)')

LANES := $(BUILD)/exercises/pictures/lanes/lanes
$(LANES): $(call objects,exercises/pictures/lanes/*.c)
	$(Q)$(LINK) $^ -o $@ $(LIBRARIES)

# What a traced program does is seen between run.c and the student's file.
recorders_of = $(call objects,exercises/pictures/record/*.c exercises/pictures/record/$(1)/*.c)

# $(1) the exercise, $(2) its folder, $(3) the submission's file without .c
define trace_rules
$(BUILD)/$(3).traced: $(BUILD)/exercises/$(2)/run.o $(BUILD)/$(3).o \
        $(call objects,exercises/run/*.c) $(call recorders_of,$(2)) $(STOCKS) $(FUTURES)
	$$(Q)$$(LINK) $$(call wraps_of,$(call recorders_of,$(2))) $$^ -o $$@ $$(LIBRARIES)
$(PICTURES)/trace/$(1).json: $(BUILD)/$(3).traced $(if $(filter 7.3,$(1)),$(CONVERTER)) $(LANES) $(if $(DATA),,data) FORCE
	@mkdir -p $$(@D) && rm -f $$@
	@$(if $(filter 7.3,$(1)),$(convert))
	@TRACE=$$@ $$< $$(run_arguments)
	@$$(LANES) $$(@:.json=.svg) 'What ran when: $(2) on $(or $(EXECUTOR),threads)' $$@
	@echo "$$(@:.json=.svg)  $$@"
TRACES += $(PICTURES)/trace/$(1).json
endef
pictured_in = $(foreach folder,$(wildcard exercises/pictures/$(1)/7.*),$(firstword $(subst -, ,$(notdir $(folder)))))
$(foreach id,$(call pictured_in,record),$(eval $(call trace_rules,$(id),$(call folder_of,$(id)),$(basename $(call submitted,$(id))))))

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
compared_of = $(call objects,exercises/pictures/compare/*.c exercises/pictures/compare/$(1)/*.c exercises/run/*.c)

# $(1) the exercise, $(2) its folder, $(3) the submission's file without .c
define compare_rules
$(BUILD)/compare/$(2).o: tests/$(2)/baseline.c
	@mkdir -p $$(@D)
	$$(Q)$$(COMPILE) -MMD -MP -c $$< -o $$@ && $$(call rename_all,$$@,sequential)
$(BUILD)/$(3).compare: $(call compared_of,$(2)) $(BUILD)/$(3).o $(BUILD)/compare/$(2).o $(STOCKS) $(FUTURES)
	$$(Q)$$(LINK) $$(call wraps_of,$(call compared_of,$(2))) $$^ -o $$@ $$(LIBRARIES)
$(COMPARE)/$(1).json: $(BUILD)/$(3).compare $(COMPARE)/stocks FORCE | $$(filter $$(COMPARED),$$(COMPARED_BEFORE))
	@$$< $$(COMPARE) $$(ROUNDS) $$(COMPARE)/stocks
	@for study in $$(COMPARE)/$(1)-*.gp; do \
	    $$(DRAW) exercises/pictures/compare/scaling.gp $$(COMPARE) $$$$(basename $$$$study .gp) || exit; done
	@$(if $(filter 7.3,$(1)),$$(DRAW) exercises/pictures/compare/grain.gp $$(COMPARE) 7.3-grain)
COMPARED_BEFORE += $(COMPARE)/$(1).json
endef
COMPARED := $(foreach id,$(or $(EX),$(call pictured_in,compare)),$(COMPARE)/$(id).json)
$(foreach id,$(call pictured_in,compare),$(eval $(call compare_rules,$(id),$(call folder_of,$(id)),$(basename $(call submitted,$(id))))))

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
