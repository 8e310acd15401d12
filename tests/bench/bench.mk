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
