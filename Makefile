# Satsningar. `make demo` shows it, `make test` checks it; scripts/setup.py makes what they need.
# Everything made lies in .venv, node_modules, static/vendor and .data (as root also in /var/lib/satsningar).

.DEFAULT_GOAL := help
.NOTPARALLEL:
SHELL := /bin/sh
VENV := .venv/bin/python
# On this machine, over plain HTTP, with a key of its own; see config/settings.py.
export SATSNINGAR_DEMO := 1
export PYTHONUNBUFFERED := 1

# The first of these that is Python 3.11, 3.12 or 3.13; `make PYTHON=… demo` chooses another.
PYTHON ?= $(shell for each in python3 python3.13 python3.12 python3.11; do \
	"$$each" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null \
	&& { echo "$$each"; break; }; done)
SETUP = $(if $(PYTHON),"$(PYTHON)" scripts/setup.py,$(error Python 3.11, 3.12 or 3.13 is needed and none is found; \
	say where by `make PYTHON=/path/to/python`))

.PHONY: help install demo prepare reset stop test lint soak explore bench oldest requirements

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile

demo: prepare ## Show Satsningar with Sörmland's path and example data on http://127.0.0.1:8000
	@$(VENV) scripts/serve.py

install: ## Install what the application needs, in .venv and node_modules
	@$(SETUP) run

prepare: ## Do all that `make demo` does but serving
	@$(SETUP) prepare

reset: ## Remove all data and start over
	@$(SETUP) reset

stop: ## Stop the embedded PostgreSQL
	@test ! -x $(VENV) || $(VENV) manage.py postgres stop

test: lint ## Check everything: lint, types, contracts, and every test but the long ones
	$(VENV) -m pytest -n 2 --dist worksteal

lint: ## Check style, types, the direction of imports, migrations and the settings of a server
	@$(SETUP) check
	$(VENV) -m ruff check .
	$(VENV) -m ruff format --check .
	$(VENV) -m mypy
	$(VENV) -c "from importlinter.cli import lint_imports_command as lint; lint()" --no-logo
	$(VENV) manage.py makemigrations --check --dry-run
	@$(VENV) scripts/check_server_settings.py

soak: ## Run the tests that take long: many kills, many examples
	@$(SETUP) check
	$(VENV) -m pytest -n 2 --dist worksteal -m soak

explore: ## Try all rules by examples that no run has had, the long tests' too
	@$(SETUP) check
	$(VENV) -m pytest -n 2 --dist worksteal -m "hypothesis and (soak or not soak)" --hypothesis-profile exploring

oldest: ## Run the tests of the database on the oldest supported PostgreSQL, where this machine has it
	@$(SETUP) check
	@$(VENV) scripts/oldest_postgresql.py

bench: ## Measure against hand-written SQL
	@$(SETUP) run
	@$(VENV) -m bench

requirements: ## Resolve the pins anew from requirements.in and requirements-dev.in
	@"$(PYTHON)" scripts/pin.py
