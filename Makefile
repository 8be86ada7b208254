# What people type. `make run` and `make test` work on a fresh machine; the rest is for those who change the code.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

BIN := .venv/bin
# One more than small machines have cores: tests of pages wait half of their time.
WORKERS ?= $(shell [ "$$(nproc)" -ge 4 ] && echo 4 || echo 3)
TESTS ?= tests
SERVE ?=
DEMO ?=
ONLY ?=
KILLS ?= 1000

# Tests start programs of ours hundreds of times: each shall find what Python made of them before.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run demo test tours check lint gate format protocol example pictures bench soak vendor constraints clean

help: ## this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: .venv/made ## set everything up, start a server and print the host link (SERVE="--port 9000 ..." adds flags)
	@exec $(BIN)/lingkar serve --print-link $(SERVE)

demo: .venv/made ## a room full of simulated people, to come into and to lead (DEMO="--people 12 --format council ...")
	@exec $(BIN)/lingkar demo --serve --hosted $(DEMO)

# Many tests are about fractions of a second, of several browsers at once: on a busy machine one may come too late. What
# fails is tried once more with the machine for itself, and has failed when it fails again.
test: .venv/made-dev node_modules/made browser firefox webkit proxies checkers ## install what the tests need and run them (TESTS=tests/rooms for some)
	$(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder --cov --cov-report= --durations 15 --durations-min 5 $(TESTS) \
		|| { [ $$? -eq 1 ] && echo "Once more, one at a time, what failed:" \
		&& $(BIN)/pytest --last-failed --last-failed-no-failures none --maxfail 3 --cov --cov-append --cov-report= $(TESTS); }

tours: .venv/made-dev node_modules/made browser ## look at every state of every page in every look and both languages
	LINGKAR_LONG=1 $(BIN)/pytest -n $(WORKERS) --dist load -k test_every_state tests/browser

check: lint test gate ## format, lint, types, generated files, import rule, tests, coverage: what CI runs

lint: .venv/made-dev node_modules/made
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	node_modules/.bin/tsc --project tsconfig.json
	npm run --silent format:check

gate:
	$(BIN)/coverage report
	$(BIN)/coverage report --include 'protocol/*,rooms/*' --fail-under 100

format: .venv/made-dev node_modules/made ## put the code into its shape
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	npm run --silent format

protocol: .venv/made ## make the generated files of the wire again: types for the browser, manual
	$(BIN)/python -m protocol all --who rooms.permissions:words

example: .venv/made ## make docs/protocol-by-example.md again, from a real exchange
	$(BIN)/python -m scripts.by_example

pictures: .venv/made-dev browser ## make the pictures of the documentation again (ONLY=en, id or board); look at each
	$(BIN)/python -m scripts.pictures $(addprefix --only ,$(ONLY))

bench: .venv/made-dev node_modules/made browser ## measure; ONLY=signalling for one part
	$(BIN)/python -m benchmarks $(ONLY)

soak: .venv/made-dev ## kill -9, cut the power and mistreat places for hours (KILLS=1000); prints what came of it
	LINGKAR_LAWS=long LINGKAR_TEST_KILLS=$(KILLS) $(BIN)/pytest -n $(WORKERS) -rP \
		tests/reliability/test_kill.py tests/reliability/test_power.py tests/reliability/test_town.py

vendor: node_modules/made ## fetch and bundle the browser's libraries again
	npm run vendor

constraints: .venv/made-dev ## pin everything that the newest set of packages in .venv brings
	@{ head -n 1 constraints.txt; $(BIN)/pip freeze --exclude-editable; } > constraints.new
	@mv constraints.new constraints.txt

clean: ## remove everything that was made here, but no data
	rm -rf .venv node_modules dist .coverage .coverage.* .*_cache .hypothesis
	find . \( -name __pycache__ -o -name node_modules \) -not -path './.git/*' -prune -exec rm -rf {} +

# What the targets stand on. A stamp is made when everything before it went well.

.venv/bin/python:
	@python="$$(scripts/need python)" && echo "Making a virtual environment with $$python ..." && "$$python" -m venv .venv

.venv/made: pyproject.toml constraints.txt | .venv/bin/python
	@echo "Installing what pyproject.toml and constraints.txt name ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

.venv/made-dev: pyproject.toml constraints.txt | .venv/bin/python
	@echo "Installing what pyproject.toml and constraints.txt name ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch .venv/made $@

node_modules/made: package.json package-lock.json
	@scripts/need node
	npm ci --no-audit --no-fund --loglevel error
	@touch $@

.PHONY: browser firefox webkit proxies checkers
browser firefox webkit proxies checkers:
	@scripts/need $@
