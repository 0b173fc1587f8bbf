# Two commands: `make run` (start RAPT on this machine) and `make test` (everything that must hold).
# Needs Python >= 3.11 and a package index; PYTHON=python3.12 chooses another interpreter.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check install --constraint requirements.lock
TORCH  := torch==2.13.0
PINS   := pyproject.toml requirements.lock

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
# pip's own progress, one short line per package; pip's exit status still counts (pipefail)
SHOW := { grep --line-buffered -E '^(Collecting|Installing)' | cut -c1-100 || true; }

.DEFAULT_GOAL := help
.PHONY: help run test lint models venv venv-dev

help:
	@echo "make run     install (first time), fetch and verify the model files, load the sample council, start RAPT"
	@echo "make test    lint, types, import rules, unit, property, browser and accessibility tests"
	@echo "make lint    the first three of these only"
	@echo "make models  fetch and verify the pinned model files"
	@echo "make venv    install the pinned packages into $(VENV)"

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "RAPT needs Python 3.11 or newer; $(PYTHON) is older. Try: make run PYTHON=python3.11" >&2; exit 2; }
	@echo "[1/4] creating $(VENV)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(PINS) | $(BIN)/python
	@echo "[2/4] installing torch (the largest package; a few minutes the first time)"
	@$(PIP) "$(TORCH)" | $(SHOW)
	@echo "[3/4] installing the other pinned packages (a few minutes the first time)"
	@$(PIP) --editable . | $(SHOW)
	@$(BIN)/python -m pip --disable-pip-version-check check
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@echo "[4/4] installing the test tools and the reference engine"
	@$(PIP) --editable '.[dev]' | $(SHOW)
	@touch $@

venv: $(VENV)/.installed

venv-dev: $(VENV)/.installed-dev

models: $(VENV)/.installed
	@$(BIN)/rapt models pull

run: $(VENV)/.installed
	@$(BIN)/rapt models pull
	@$(BIN)/rapt sample load
	@exec $(BIN)/rapt serve

lint: $(VENV)/.installed-dev
	@echo "ruff";         $(BIN)/ruff check .
	@echo "basedpyright"; $(BIN)/basedpyright
	@echo "import rules"; $(BIN)/lint-imports

test: lint
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || \
	  { echo "make test needs Chromium for the browser tests. On Debian or Ubuntu: sudo apt-get install chromium" >&2; exit 5; }
	@$(BIN)/rapt models pull --all
	@echo "tests";        $(BIN)/python -m pytest
