# Everything a person or CI does here; each target needs only Python 3.11+, make and a package index.
SHELL := /bin/bash
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
# Hundreds of short processes share what one has compiled.
export PYTHONDONTWRITEBYTECODE :=
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: help run test check bench docs clean
help:  ## show the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("nianbao 需要 Python 3.11 或更新版本 (needs Python 3.11+)" if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv .venv

.venv/.run: pyproject.toml constraints.txt | .venv/bin/python
	@echo "安装 nianbao 到 .venv (installing)..."
	@$(PIP) install --no-compile --constraint constraints.txt --editable '.[demo]'
	@touch $@

.venv/.dev: pyproject.toml constraints.txt | .venv/bin/python
	@echo "安装 nianbao 和测试所需的包到 .venv (installing, with the test packages)..."
	@$(PIP) install --no-compile --constraint constraints.txt --editable '.[dev]'
	@touch .venv/.run $@

run: .venv/.run  ## install, then the whole main job against the bundled sample portal
	@$(BIN)/nianbao demo

# Types are checked beside the tests: alone they would leave a core without work for most of a minute.
test: .venv/.dev  ## install, then all tests, types and lint
	@$(BIN)/ruff check . && $(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy > .venv/.types 2>&1 & types=$$!; \
	$(BIN)/pytest --numprocesses auto --dist loadfile --no-loadscope-reorder --quiet; tests=$$?; \
	wait $$types; types=$$?; cat .venv/.types; exit $$((tests || types))

check: test  ## the same as CI

bench: .venv/.dev  ## accuracy and speed, side by side in one run
	@$(BIN)/python benchmarks/accuracy.py
	@$(BIN)/python benchmarks/speed.py

docs: .venv/.dev  ## regenerate the pages that are made from the code
	@$(BIN)/python -m monitor.rules.docs

clean:  ## remove what the other targets made
	rm -rf .venv demo-data build *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
