# Two commands are enough: `make run` and `make test`. All set themselves up.

PYTHON ?= python3
PY     := .venv/bin/python
SHELL  := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run worker dev staff secret test test-fast test-postgres check format lock bench faults clean browser

help: ## Says what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: .venv/run secret ## Serves the site on http://127.0.0.1:8000 (PORT= changes it)
	@exec $(PY) manage.py serve

dev: .venv/run ## The same with auto-reload and debug pages
	@export DEBUG=1; $(PY) manage.py prepare && exec $(PY) manage.py runserver "$${PORT:-8000}"

staff: .venv/run secret ## Makes a staff account with all rights
	@$(PY) manage.py createsuperuser

secret: ## Writes .env with a random SECRET_KEY and ENCRYPTION_KEYS, where there are none
	@if [ -z "$${SECRET_KEY:-}" ] && [ -z "$${DEBUG:-}" ] && ! grep -qs '^SECRET_KEY=' .env; then \
	  (umask 077; $(PYTHON) -c 'import secrets; print("SECRET_KEY=" + secrets.token_urlsafe(50))' >> .env); \
	fi
	@if [ -z "$${ENCRYPTION_KEYS:-}" ] && [ -z "$${DEBUG:-}" ] && ! grep -qs '^ENCRYPTION_KEYS=' .env; then \
	  (umask 077; $(PYTHON) -c 'import base64, os; print("ENCRYPTION_KEYS=" + base64.urlsafe_b64encode(os.urandom(32)).decode())' >> .env); \
	fi

worker: .venv/run secret ## Delivers letters, reminds and expires; `make run` starts one by itself
	@exec $(PY) manage.py work

test: .venv/dev browser ## Runs everything: fast tests, whole-site guards, browser journeys
	@DEBUG=1 $(PY) -m pytest -q -n 2 --dist loadfile -m "not browser"
	@DEBUG=1 $(PY) -m pytest -q -n 2 --dist loadfile -m browser

test-fast: .venv/dev ## All but the browser journeys
	@DEBUG=1 $(PY) -m pytest -q -n 2 --dist loadfile -m "not browser"

test-postgres: .venv/dev ## The tests without a browser, on a throw-away PostgreSQL
	@tests/with_postgres.sh $(PY) -m pytest -q -n 2 --dist loadfile -m "not browser"

check: .venv/dev ## Lint, types, floors, templates, migrations, deployment settings
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/djlint templates --lint --quiet
	@DEBUG=1 .venv/bin/mypy leadbureau sites partners
	@.venv/bin/lint-imports
	@DEBUG=1 $(PY) manage.py makemigrations --check --dry-run
	@SECRET_KEY="$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))')" SITE_URL=https://www.example.org \
	  ENCRYPTION_KEYS="$$($(PYTHON) -c 'import base64, os; print(base64.urlsafe_b64encode(os.urandom(32)).decode())')" \
	  $(PY) manage.py check --deploy --fail-level WARNING

format: .venv/dev ## Formats the Python files
	@.venv/bin/ruff check --fix -q . ; .venv/bin/ruff format -q .

bench: .venv/run secret ## Pages a second and queries with 79, 1,000 and 10,000 places
	@$(PY) tests/load/bench.py

faults: .venv/dev ## 500 requests for help while server and worker are killed at random: none may be lost
	@$(PY) tests/load/faults.py

lock: .venv/dev ## Refreshes requirements.txt and requirements-dev.txt
	@set -- --quiet --upgrade --generate-hashes --strip-extras --allow-unsafe --no-header \
	  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links; \
	.venv/bin/pip-compile "$$@" -o requirements.txt pyproject.toml; \
	.venv/bin/pip-compile "$$@" --extra dev -c requirements.txt -o requirements-dev.txt pyproject.toml

clean: ## Removes what can be made again; the database and uploads in var/ stay
	@rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache var/static var/test-static

browser: ## Finds Chromium, or installs Debian's when it may
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || { \
	  [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null || { \
	    echo "The browser tests need Chromium. Install it (Debian: sudo apt-get install chromium) and run this again."; exit 1; }; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; }

# Debian's python3 comes without the venv module's pip; with the rights to, install it, else say what to do.
.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed."; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { \
	  [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null || { \
	    echo "python3 cannot make a virtual environment. Install its part for that (Debian: sudo apt-get install python3-venv)."; exit 1; }; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv >/dev/null; }
	@$(PYTHON) -m venv .venv

.venv/run: requirements.txt | .venv/bin/python
	@echo "Installing the locked packages …"
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/dev: requirements-dev.txt | .venv/bin/python
	@echo "Installing the locked packages and tools …"
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ .venv/run
