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
