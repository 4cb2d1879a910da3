# The commands of the project; `make help` lists them. Plain POSIX shell, no tool but Python 3.11+ is needed.

DATA ?= $(or $(BOMAY_DATA),data)
override DATA := $(DATA:%/=%)
PORT ?=
PYTHON ?=
EXAMPLES ?= 20000
MINUTES ?= 2
SEED ?= $(shell date +%s)

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
SHARED := ../shared/corpus
HELD_OUT := tests/held_out
SCORED := build/score
PARALLEL := -n auto --maxprocesses 4 --dist loadscope

.DEFAULT_GOAL := help
.PHONY: help run install editor test test-all conformance fuzz lint bench score reference places clean

help: ## list these commands
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 18
	@echo "Variables: DATA=folder (now $(DATA))   PORT=number   PYTHON=interpreter for a new $(VENV)"
	@echo "Of make fuzz, for each law: EXAMPLES=number (now $(EXAMPLES))   MINUTES=number (now $(MINUTES))   SEED=number (else the time)"

run: install ## create the data folder if there is none, then serve it
	@$(BIN)/python -m server.editor.build || true
	@if [ ! -e "$(DATA)" ]; then \
	  echo "Creating $(DATA) with the reference graph and the sample reports ..."; \
	  rm -rf "$(DATA).partial" && \
	  $(BIN)/kg init --data "$(DATA).partial" >/dev/null && \
	  $(BIN)/kg ingest kg/samples/reports --commit --data "$(DATA).partial" && \
	  mv "$(DATA).partial" "$(DATA)"; \
	fi
	@exec $(BIN)/kg serve --data "$(DATA)" $(if $(PORT),--port "$(PORT)")

install: $(STAMP) ## put the program and its tools into .venv

$(STAMP): pyproject.toml constraints.txt
	@for python in $(PYTHON) python3.13 python3.12 python3.11 python3; do \
	  if "$$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	    if $(BIN)/python -c '' >/dev/null 2>&1; then exit 0; fi; \
	    echo "Creating $(VENV) with $$("$$python" --version) ..."; \
	    exec "$$python" -m venv --clear $(VENV); \
	  fi; \
	done; \
	echo "No Python 3.11 or newer with its venv module was found; install one (Debian, Ubuntu: apt install python3 python3-venv) or name it: make install PYTHON=/path/to/python3" >&2; \
	exit 2
	@echo "Installing the packages of constraints.txt; about a minute the first time ..."
	@$(BIN)/python -m pip install --disable-pip-version-check --no-input -c constraints.txt -e '.[dev]'
	@touch $(STAMP)

test: lint ## lint and the quick tests
	$(BIN)/python -m pytest -q $(PARALLEL) -m "not slow"

editor: install ## bundle the editor of the SPARQL page again where it changed, as run does
	@$(BIN)/python -m server.editor.build

test-all: lint ## every test, the slow ones and the wheel among them
	@$(BIN)/python -m server.editor.build || true
	$(BIN)/python -m pytest -q $(PARALLEL)

conformance: install ## the public suites over HTTP, all of them; writes tests/conformance/CONFORMANCE.md
	@$(BIN)/python -W ignore::UserWarning:rdflib.term -m tests.conformance.report

fuzz: install ## random reports, numbers and damaged files against the readers, long and never twice the same
	@echo "SEED=$(SEED)"
	FUZZ_EXAMPLES=$(EXAMPLES) FUZZ_MINUTES=$(MINUTES) FUZZ_SEED=$(SEED) $(BIN)/python -m pytest -q -s -m slow tests/fuzz

lint: install ## ruff and mypy --strict
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: install ## the measurements in benchmarks/
	@$(BIN)/python -m pip install --disable-pip-version-check --no-input -q -c constraints.txt -e '.[bench]'
	@for script in benchmarks/*.py; do $(BIN)/python "$$script" || exit 1; done

score: install ## reading quality on ../shared/corpus, then on the texts and real articles of tests/held_out
	@if [ ! -d $(SHARED) ]; then echo "make score needs the corpus in $(SHARED); it is not there." >&2; exit 2; fi
	@$(BIN)/python -m tests.held_out.real_articles $(SHARED)/raw.jsonl $(SCORED)/articles
	@set -e; for part in $(SHARED)/gold:$(SHARED)/articles $(HELD_OUT)/gold/open:$(HELD_OUT)/texts $(HELD_OUT)/gold/blind:$(HELD_OUT)/texts \
	  $(HELD_OUT)/real/open:$(SCORED)/articles $(HELD_OUT)/real/opened:$(SCORED)/articles $(HELD_OUT)/real/blind:$(SCORED)/articles; do \
	  gold=$${part%%:*}; \
	  $(BIN)/python $(SHARED)/score.py "$$gold" --articles "$${part#*:}" --documents > $(SCORED)/documents.jsonl; \
	  $(BIN)/kg extract $(SCORED)/documents.jsonl --format jsonl > $(SCORED)/said.jsonl; \
	  printf '\n%s\n' "$$gold"; \
	  $(BIN)/python $(SHARED)/score.py "$$gold" $(SCORED)/said.jsonl; \
	done

reference: install ## build the reference graph of the tables into build/reference, validated in full
	@$(BIN)/python -m kg.store.artefact build/reference

places: install ## make the tables of places in ontology/reference anew from their source
	@$(BIN)/python -m pip install --disable-pip-version-check --no-input -q -c constraints.txt -e '.[reference]'
	@$(BIN)/python -m kg.reference

clean: ## remove caches and build results (data and .venv stay)
	rm -rf build dist server/static/editor .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
	find kg server tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
