# The two commands of the README are `make run` and `make test`; both make what they need.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test install test-tools lint check lock locales

run: install
	$(BIN)/bonneporte serve

install: $(VENV)/.installed $(VENV)/.compiled

$(VENV)/.installed: requirements.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

# The lexicons become a model, built here and nowhere else; only when they, or what reads them, changed.
$(VENV)/.compiled: $(VENV)/.installed $(wildcard bot/understanding/*.py bot/understanding/data/*.yaml)
	$(BIN)/python -m bot.understanding.compile
	touch $@

test-tools: $(VENV)/.test-tools

$(VENV)/.test-tools: requirements-test.txt $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.txt
	touch $@

test: install test-tools
	$(BIN)/python tests/browser.py --install
	$(BIN)/python -m pytest -n 2

lint: install test-tools
	$(BIN)/ruff check bot directory rules tests benchmarks
	$(BIN)/ruff format --check bot directory rules tests benchmarks

check: install
	$(BIN)/bonneporte check

# Bring the catalogues up to date with the sentences of the code and the words of the vocabulary.
locales: install
	$(BIN)/python -m locales.tools

# Write the locked versions again from pyproject.toml (needs uv; the files hold no index address).
lock:
	uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml requirements.in -o requirements.txt
	uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --extra test -c requirements.txt pyproject.toml requirements.in -o requirements-test.txt
