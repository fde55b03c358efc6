# Everything a person does with Karavan. `make help` lists it.
#
# A target that installs or builds leaves a file behind; while that file is younger than what it was
# made from there is nothing to do, so a second `make run` starts at once.

MAKEFLAGS += --no-builtin-rules --no-print-directory
.DEFAULT_GOAL := help
ifndef TOGETHER
.NOTPARALLEL:
endif
.DELETE_ON_ERROR:

export NPM_CONFIG_UPDATE_NOTIFIER := false

# Python keeps what it has compiled, whatever the machine's own setting: a start would take twice as long.
export PYTHONDONTWRITEBYTECODE :=

VENV := .venv
BIN := $(VENV)/bin
WEB_BIN := web/node_modules/.bin

# Named after the checkout's place: an environment that was moved does not work and is made anew.
ENVIRONMENT := $(VENV)/.installed-$(shell pwd | cksum | cut -d' ' -f1)
WEB_PACKAGES := web/node_modules/.installed
WEB_BUILD := web/dist/index.html
# Directories are listed too: their time tells of a removed file.
WEB_SOURCES := $(shell find web/src web/public web/scripts web/index.html web/vite.config.ts web/tsconfig*.json 2>/dev/null)

# Python's packages and those of the web app know nothing of each other: neither waits for the other.
SIDE_BY_SIDE := $(MAKE) --silent -j2 TOGETHER=1

ifeq ($(wildcard $(BIN)/python),)
$(ENVIRONMENT): missing-python
endif

.PHONY: help
help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: run
run: ## install, build and start everything on PORT (8000), data in KARAVAN_DATA_DIR
	@$(SIDE_BY_SIDE) $(ENVIRONMENT) $(WEB_BUILD)
	@exec $(BIN)/karavan up

.PHONY: test
test: ## every check and test; ends with "N passed"
	@$(SIDE_BY_SIDE) $(ENVIRONMENT) $(WEB_PACKAGES) chromium
	@$(MAKE) -j2 --output-sync=target TOGETHER=1 types-python lint-web types-web test-web lint-python imports client-check weight
	@echo "== pytest"
	@KARAVAN_TEST_CHROMIUM="$$($(BIN)/python scripts/ensure_chromium.py)" \
		$(BIN)/python -m pytest -q -n $$(($$(nproc) + 1)) --dist worksteal $(PYTEST_ARGUMENTS)

.PHONY: install
install: ## install the locked dependencies of Python and of the web app
	@$(SIDE_BY_SIDE) $(ENVIRONMENT) $(WEB_PACKAGES)

.PHONY: build
build: $(WEB_BUILD) ## build the web app

.PHONY: lint
lint: lint-python lint-web ## style of Python and TypeScript

.PHONY: lint-python
lint-python: $(ENVIRONMENT)
	@echo "== style of Python"
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check . || (echo "Run make format." >&2; exit 1)

.PHONY: lint-web
lint-web: $(WEB_PACKAGES)
	@echo "== style of TypeScript"
	@cd web && npm run --silent lint

.PHONY: types
types: types-python types-web ## types of Python and TypeScript

.PHONY: types-python
types-python: $(ENVIRONMENT)
	@echo "== types of Python"
	@$(BIN)/mypy --no-error-summary

.PHONY: types-web
types-web: $(WEB_PACKAGES)
	@echo "== types of TypeScript"
	@cd web && npm run --silent types

.PHONY: imports
imports: $(ENVIRONMENT) ## which module may import which
	@echo "== import contracts"
	@$(BIN)/lint-imports --no-logo

.PHONY: test-web
test-web: $(WEB_PACKAGES) ## unit tests of the web app
	@echo "== vitest"
	@cd web && npm run --silent test

# The compiler's notes are its build's too, which waits for it.
.PHONY: weight
weight: types-web
	@$(MAKE) check-weight

.PHONY: check-weight
check-weight: $(WEB_BUILD) # refuse a first load that grew too heavy
	@echo "== weight of the public pages"
	@cd web && npm run --silent weight

.PHONY: format
format: $(ENVIRONMENT) $(WEB_PACKAGES) ## format Python and TypeScript, mend what can be mended
	@$(BIN)/ruff check --quiet --fix-only . && $(BIN)/ruff format --quiet .
	@cd web && npm run --silent format

.PHONY: bench
bench: $(ENVIRONMENT) $(WEB_BUILD) ## measure speed; tables on the screen, JSON in bench/results
	@$(BIN)/python -m bench $(BENCH_ARGUMENTS)

.PHONY: client
client: $(ENVIRONMENT) $(WEB_PACKAGES) ## renew openapi.json and the TypeScript types made from it
	@$(BIN)/karavan openapi > openapi.json.new && mv openapi.json.new openapi.json
	@cd web && npm run --silent client

.PHONY: client-check
client-check: $(ENVIRONMENT) $(WEB_PACKAGES) # refuse a stale client
	@echo "== client"
	@sh scripts/check_client.sh

.PHONY: demo-reset
demo-reset: $(ENVIRONMENT) ## throw the demo data away and load it again
	@$(BIN)/karavan demo --reset

.PHONY: lock
lock: $(ENVIRONMENT) ## renew the locks after a change of pyproject.toml or web/package.json
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--no-emit-index-url --no-emit-find-links --group dev pyproject.toml -o requirements.lock
	@cd web && npm install --package-lock-only --silent

.PHONY: clean
clean: ## remove what was installed and built; data stays
	rm -rf $(VENV) web/node_modules web/dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.PHONY: chromium
chromium: $(ENVIRONMENT)
	@$(BIN)/python scripts/ensure_chromium.py >/dev/null

.PHONY: missing-python
missing-python:

$(ENVIRONMENT): requirements.lock scripts/bootstrap.py
	@python=$$(sh scripts/find_python.sh) && "$$python" scripts/bootstrap.py $(VENV) $@

$(WEB_PACKAGES): web/package-lock.json web/package.json web/.npmrc
	@sh scripts/check_node.sh
	@echo "karavan: installing the web app's locked dependencies"
	@cd web && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(WEB_BUILD): $(WEB_PACKAGES) $(WEB_SOURCES)
	@echo "karavan: building the web app"
	@cd web && npm run --silent build
	@touch $@
