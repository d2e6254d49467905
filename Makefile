# Needs make and Python 3.11 or newer; everything else goes into .venv.

VENV := .venv
BIN := $(VENV)/bin
PYTHON := $(or $(PYTHON),$(shell \
  for python in python3 python3.14 python3.13 python3.12 python3.11; do \
    if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
      echo $$python; break; \
    fi; \
  done))

.PHONY: help demo test check bench bench-startup calibration clean

help:
	@echo 'make demo    install into .venv and analyze the two founding samples'
	@echo 'make test    run all tests'
	@echo 'make check   formatter, linter, types, import contracts, dependencies, rules'
	@echo 'make bench   measure speed and memory'
	@echo 'make bench-startup   what each command takes on a small bundle'
	@echo 'make calibration   how often a confirmed, likely, possible answer is right'
	@echo 'make clean   remove .venv and caches'

demo: $(VENV)/.installed
	$(BIN)/arclogs analyze samples/founding-as-collected
	@echo
	$(BIN)/arclogs analyze samples/founding-with-accounts

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n auto

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(BIN)/arclogs rules lint --strict

bench: $(VENV)/.dev
	$(BIN)/python benchmarks/run.py

bench-startup: $(VENV)/.dev
	$(BIN)/python benchmarks/startup.py

# Two minutes: every firing test of every rule, and labelled cases where they lie beside the checkout.
calibration: $(VENV)/.dev
	$(BIN)/python benchmarks/calibration.py $(wildcard ../shared/corpus/cases ../shared/corpus/real)

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist

$(BIN)/python:
	@if [ -z "$(PYTHON)" ]; then \
	  echo "arclogs needs Python 3.11 or newer; found: $$(python3 --version 2>&1 || echo none)." >&2; \
	  echo "Install one, or name it: make PYTHON=/path/to/python3.13" >&2; \
	  exit 1; \
	fi
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "$(PYTHON) cannot make a virtual environment (on Debian: apt install python3-venv)" >&2; \
	  exit 1; }

# The stamps are newer than pyproject.toml once the installation has worked.
$(VENV)/.installed: pyproject.toml | $(BIN)/python
	@echo 'installing arclogs into $(VENV) (once, a minute or so)'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --editable . --group dev
	@touch $@ $(VENV)/.installed
