# Everything sets itself up: `make demo` to try it, `make test` to check it. Needs Python 3.11 or newer.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
export PIP_ROOT_USER_ACTION = ignore

.PHONY: demo test setup setup-dev lint eval fit bench chaos lock clean help

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 12

demo: setup  ## the bot in a local workspace, in your browser
	$(BIN)/syria-desk demo $(ARGS)

test: setup-dev  ## the whole test suite
	$(BIN)/python -m pytest $(ARGS)

setup: $(VENV)/.installed  ## the virtual environment for running

setup-dev: $(VENV)/.installed-dev  ## the virtual environment for developing

$(VENV)/.installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Syria Desk needs Python 3.11 or newer; set PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes --requirement requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@-$(BIN)/syria-desk ask help >/dev/null  # works out what the first start would otherwise
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.lock
	$(PIP) install --require-hashes --requirement requirements-dev.lock
	@touch $@

lint: setup-dev  ## style, types, architecture, the dossier
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/syria-desk kb lint

eval: setup-dev  ## how well questions, follow-ups and claims are understood
	$(BIN)/python -m tests.eval.run $(ARGS)

fit: setup-dev  ## refit the weights from the dossier, and say what got better or worse
	$(BIN)/python -m tests.eval.fit $(ARGS)

bench: setup-dev  ## speed, beside a bare Bolt echo
	$(BIN)/python -m tests.bench $(ARGS)

chaos: setup-dev  ## nothing lost, nothing twice, under faults
	$(BIN)/python -m tests.chaos.chaos $(ARGS)

lock:  ## resolve the dependencies anew (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --extra build pyproject.toml --output-file requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --extra build --extra dev pyproject.toml --output-file requirements-dev.lock

clean:  ## remove the virtual environment and caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
