# ---- an exercise more, as a copy of one there is: NEW=7.9-ranks FROM=7.1

.PHONY: exercise
exercise:
	@sh tests/setup/new_exercise.sh '$(NEW)' '$(call folder_of,$(FROM))'
