# What one runs: make demo, make test, make check, make browser, make bench, make drills, make serve.
# PYTHON= chooses the interpreter (3.11 or newer), PORT= the demo's port.
SHELL := /bin/sh
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
LOCAL := MODE=local SITE_URL=http://127.0.0.1:$(PORT)
GRANIAN := $(BIN)/granian --interface rsgi peacesite.rsgi:application --workers-kill-timeout 20 --backlog 4096 --host 127.0.0.1 --port $(PORT)
BESIDE := $(BIN)/python .ci/with-worker
WORKERS ?= 2
APPS := serving outbox revisions organisations sources cases manuscripts editions corrections reviews website desk peacesite

.PHONY: help demo own-database data serve test test-sqlite test-postgresql coverage corpus test-newest browser bench bench-desk bench-import drills drills-long try-units check format lock clean

help:
	@echo "make demo      from nothing to the running site with the sample collection (PORT=$(PORT))"
	@echo "make test      the suite on SQLite, and on PostgreSQL where there is one"
	@echo "make check     what must hold besides: style, types, imports one way, migrations, settings"
	@echo "make coverage  the suite on SQLite, with coverage by branch and its floor"
	@echo "make corpus    how well manuscripts are read, by form and by field"
	@echo "make browser   the journeys in a real Chromium"
	@echo "make bench     what pages cost beside a bare Django view (BENCH='--sizes 1000 10000 100000')"
	@echo "make bench-desk what pages of the desk cost at 500 cases, 100,000 revisions, 10,000 corrections"
	@echo "make bench-import what an import of 180 articles costs (BENCH='--megabytes 200' for a large export)"
	@echo "make drills    what a stranger may do to the running site, on both databases"
	@echo "make drills-long what takes ten minutes: the peak, with publications (DRILLS='--databases sqlite')"
	@echo "make try-units the units of deploy/systemd under a systemd of their own (as root; changes nothing here)"
	@echo "make serve     the production settings and server, with the worker, on this machine"

.venv/.site: requirements.lock
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11) and "peacesite needs Python 3.11 or newer: make PYTHON=python3.11 …")'
	@echo "Installing what the site needs, as locked …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.site
	@echo "Installing what the tests need, as locked …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

own-database:
	@case "$$DATABASE_URL" in ""|sqlite:///$(CURDIR)/data/*) ;; *) \
	  echo "Demo accounts have a published password: make demo, data and serve fill only the database in data/."; \
	  echo "DATABASE_URL names another one. Unset it (unset DATABASE_URL) and run this again."; exit 1;; esac

data: own-database .venv/.site
	@$(LOCAL) $(BIN)/python manage.py set_up_demo

demo: data
	@echo "The site is on http://127.0.0.1:$(PORT)/, its mail below (Ctrl-C stops both; the data stays)"
	@$(LOCAL) exec $(BESIDE) $(GRANIAN) --workers 1 --log-level warning

serve: data
	@echo "Production settings on http://127.0.0.1:$(PORT)/ (without TLS: HTTPS=0)"
	@set -a; . ./.env.example; set +a; SECRET_KEY=$$(od -An -N40 -tx1 /dev/urandom | tr -d ' \n') HTTPS=0 SIGNING_KEY_FILE=$(CURDIR)/data/signing-key.pem MODE=production SITE_URL=http://127.0.0.1:$(PORT) \
	  ALLOWED_HOSTS=127.0.0.1,localhost exec $(BESIDE) $(GRANIAN) --workers $(WORKERS) --log-level warning

test: test-sqlite test-postgresql

test-sqlite: .venv/.dev
	@echo "The suite on SQLite"
	@MODE=test DATABASE_URL= $(BIN)/python -m pytest -q -n $(WORKERS) --dist loadfile

coverage: .venv/.dev
	@echo "The suite on SQLite, with coverage by branch"
	@MODE=test DATABASE_URL= $(BIN)/python -m pytest -q -n $(WORKERS) --dist loadfile --cov --cov-report=term

test-postgresql: .venv/.dev
	@.ci/with-postgresql sh -c 'PGOPTIONS="-c synchronous_commit=off" MODE=test $(BIN)/python -m pytest -q -n $(WORKERS) --dist loadfile $(TESTS)'

corpus: .venv/.dev
	@MODE=test $(BIN)/python -m pytest -q tests/manuscripts/corpus

test-newest: .venv/.dev
	@.ci/newest-django

browser: .venv/.dev
	@command -v chromium >/dev/null || { echo "make browser needs Chromium: apt-get install chromium"; exit 1; }
	@MODE=test DATABASE_URL= $(BIN)/python -m pytest -q -m browser tests/browser

bench: .venv/.dev
	@command -v wrk >/dev/null || { echo "make bench needs wrk: apt-get install wrk"; exit 1; }
	@$(LOCAL) $(BIN)/python manage.py collectstatic --noinput --verbosity 0
	@.ci/with-postgresql $(BIN)/python -m tests.bench $(BENCH)

bench-desk: .venv/.dev
	@mkdir -p out
	@MODE=test DATABASE_URL=$${DATABASE_URL:-sqlite:///$(CURDIR)/out/bench-desk.sqlite3} $(BIN)/python -m tests.bench.desk

bench-import: .venv/.dev
	@$(BIN)/python -m tests.bench.importing $(BENCH)

drills-long: .venv/.dev
	@.ci/with-postgresql $(BIN)/python -m tests.drills --long $(DRILLS)

drills: .venv/.dev
	@.ci/with-postgresql $(BIN)/python -m tests.drills $(DRILLS)

try-units:
	@sh deploy/try_units.sh

check: .venv/.dev
	@$(BIN)/ruff check --no-cache .
	@$(BIN)/ruff format --no-cache --check .
	@$(BIN)/lint-imports
	@MODE=test $(BIN)/mypy $(APPS)
	@git ls-files 'templates/*.html' | xargs $(BIN)/djade --check --target-version 5.2
	@MODE=test $(BIN)/python manage.py makemigrations --check --dry-run
	@set -a; . ./.env.example; set +a; export SECRET_KEY=$$(od -An -N40 -tx1 /dev/urandom | tr -d ' \n'); \
	  folder=$$(mktemp -d); export SIGNING_KEY_FILE=$$folder/key.pem; trap 'rm -r $$folder' EXIT; \
	  $(BIN)/python manage.py make_signing_key --file-only >/dev/null && $(BIN)/python manage.py check --deploy --fail-level WARNING

format: .venv/.dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@git ls-files 'templates/*.html' | xargs $(BIN)/djade --target-version 5.2

lock: .venv/.dev
	@command -v uv >/dev/null || { echo "make lock needs uv"; exit 1; }
	uv pip compile --universal --generate-hashes --no-header --no-emit-index-url --quiet pyproject.toml -o requirements.lock
	uv pip compile --universal --generate-hashes --no-header --no-emit-index-url --quiet pyproject.toml --group dev -o requirements-dev.lock

clean:
	rm -rf .venv .venv-newest data staticfiles .pytest_cache .ruff_cache .mypy_cache .hypothesis .coverage
