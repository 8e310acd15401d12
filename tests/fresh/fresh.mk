# The README's commands, where nothing is installed yet.
.PHONY: fresh
fresh:
	@SUITE='$(SUITE)' WHO='$(WHO)' PART='$(PART)' ONLY='$(ONLY)' MIRROR='$(MIRROR)' KEEP='$(KEEP)' \
	    sh tests/fresh/fresh.sh
