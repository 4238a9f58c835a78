# make up        install what is missing, read the example region, serve the workbench on http://127.0.0.1:8000
# make up FOLDER=/path/to/my/files PORT=8080
# make install   build .venv from requirements.lock, nothing else
# make ocr       add what reads text in scans and photographs (350 MB, works offline)
# make test      set everything up (system packages too, where allowed) and run all tests
# make check     formatting, lint, types, layers and the fast tests
# make lock      remake the lock files from pyproject.toml
# make spark     run the tests of the Spark engine; PySpark, which is large, gets a folder of its own
# make peers     add what benchmarks compare the reader and the measures with; a folder of its own
# make docs      rewrite the pages that come from the program

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help install ocr dev up test spark peers check lint lock docs translations clean

VENV ?= .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check
FOLDER ?= examples/shanxi
PORT ?= 8000
TESTS ?= tests
# Whole files go to one worker, so that a server or a browser started for a file is started once.
PYTEST_PARALLEL ?= -n 2 --dist loadfile

help:
	@sed -n 's/^# make/make/p' Makefile

$(PY):
	@python="$$(scripts/find-python)" && echo "building $(VENV) with $$python" && "$$python" -m venv $(VENV)

$(VENV)/.installed: requirements.lock pyproject.toml | $(PY)
	$(PIP) install --quiet --require-hashes --only-binary :all: -r requirements.lock
	$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock pyproject.toml $(VENV)/.installed
	$(PIP) install --quiet --require-hashes --only-binary :all: -r requirements-dev.lock
	@touch $@

install: $(VENV)/.installed

$(VENV)/.installed-ocr: requirements-ocr.lock pyproject.toml $(VENV)/.installed
	$(PIP) install --quiet --require-hashes --only-binary :all: -r requirements-ocr.lock
	@touch $@

ocr: $(VENV)/.installed-ocr

dev: $(VENV)/.installed-dev

up: install
	@exec $(VENV)/bin/liantu up "$(FOLDER)" --port $(PORT)

test: dev
	@scripts/system-packages
	$(PY) -m pytest $(PYTEST_PARALLEL) $(TESTS)

spark: dev
	@[ -d $(VENV)/spark/pyarrow ] || { $(PIP) freeze --exclude-editable > $(VENV)/spark.pins && \
	$(PIP) install --quiet --upgrade --target $(VENV)/spark -c $(VENV)/spark.pins $$($(PY) -c 'import tomllib; \
	print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["spark"])'); }
	PYTHONPATH=$(VENV)/spark $(PY) -m pytest tests/bulk/test_spark.py tests/registry/test_registry_spark.py

peers: install
	$(PIP) install --quiet --upgrade --target $(VENV)/peers $$($(PY) -c 'import tomllib; \
	print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["peers"])')

lint: dev
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

check: lint
	$(PY) -m pytest $(PYTEST_PARALLEL) -m "not browser and not postgres and not slow" $(TESTS)

lock: $(PY)
	@scripts/lock

docs: dev
	@$(PY) scripts/write_docs.py

# Words marked in Python and templates go into the catalogue; what is translated there is compiled.
translations: dev
	cd src/liantu && ../../$(PY) -m django makemessages --locale en --no-wrap --no-obsolete --settings liantu.workbench.settings
	cd src/liantu && ../../$(PY) -m django compilemessages --locale en --settings liantu.workbench.settings

clean:
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
