# ---- what a runner is linked with
#
# A check starts runners by the hundred: without HDF5's shared libraries they start in a tenth of
# the time. Tools that look for races know HDF5 by the name of its shared library.
# (asked once, by what needs it first)
RUNNER_LIBRARIES = $(eval RUNNER_LIBRARIES := $(if $(filter tsan,$(VARIANT)),$(LIBRARIES),$(shell \
    sh tests/setup/static_hdf5.sh '$(CC) $(call flags_of,$(HDF5))' '$(LIBRARIES)')))$(RUNNER_LIBRARIES)

# ---- an exercise more, as a copy of one there is: NEW=7.9-ranks FROM=7.1

.PHONY: exercise
exercise:
	@sh tests/setup/new_exercise.sh '$(NEW)' '$(call folder_of,$(FROM))'
