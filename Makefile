# Two commands: `make run` and `make test`. They need Python 3.11 or later and nothing else.
# Every HEARD_* variable and DATABASE_URL reach the program: `HEARD_PORT=9000 make run`,
# or `make run HEARD_PORT=9000`. docs/settings.md lists them.

PYTHON ?= $(shell for each in python3.11 python3.12 python3.13 python3; do \
	"$$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo "$$each" && break; done)
VENV ?= .venv
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check --quiet
# Bytecode once, even where PYTHONDONTWRITEBYTECODE is set: five processes would compile it anew at
# every start. Some packages carry templates that are no Python; -qq says nothing of them.
COMPILE = $(BIN)/python -m compileall -qq -j 0 $(VENV)/lib heard || true
LOCK = uv pip compile --quiet --generate-hashes --universal --python-version 3.11 \
	--no-header --no-emit-index-url pyproject.toml

.PHONY: run test quality browser evaluate train format lock clean
.DELETE_ON_ERROR:

run: $(VENV)/run.stamp
	@exec $(BIN)/heard serve --demo

# Tests keep their data apart from yours. With DATABASE_URL they run in that PostgreSQL.
test quality: export HEARD_HOME = $(CURDIR)/var/tests
test quality: export DJANGO_SETTINGS_MODULE = heard.settings

test: $(VENV)/test.stamp quality browser
	$(BIN)/python -m pytest -n 2 heard tests --ignore=tests/stories --ignore=tests/crash
	MUTATED_LETTERS=1000 $(BIN)/python -m pytest -n 2 heard/gateway/tests/test_mutations.py
	$(BIN)/python -m pytest -n 2 --dist loadfile tests/stories
	$(BIN)/python -m pytest tests/crash

quality: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m django makemigrations --check --dry-run

# The stories drive a real browser. Root on Debian gets one; elsewhere any that is there is used.
browser:
	@for each in chromium chromium-browser google-chrome; do \
		command -v "$$each" >/dev/null && exit 0; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing chromium for the stories"; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
			apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
	else echo "NO CHROMIUM WAS FOUND: the stories will be skipped."; fi

# How much is heard rightly? Needs the labelled data, which is not in this project.
DATA ?= ../shared/data
evaluate: $(VENV)/run.stamp
	$(BIN)/python -m training.evaluate --data $(DATA)
	$(BIN)/python -m training.own --apart
	$(BIN)/python -m training.own --apart --rules
	$(BIN)/python -m training.own --apart --rules --lang de
	$(BIN)/python -m training.coverage --apart
	$(BIN)/python -m training.coverage --apart --rules
	$(BIN)/python -m training.again agree training/again/en

# Makes the encoder anew, in about two hours of two cores, and judges it; last, ten times in small,
# by politeness, of which nothing is kept. What this needs is large and has an environment of its own.
TRAINING = var/training/venv
train: $(VENV)/run.stamp
	@test -d $(TRAINING) || "$(PYTHON)" -m venv $(TRAINING)
	@$(TRAINING)/bin/python -m pip --disable-pip-version-check --quiet install \
		--requirement training/requirements.txt
	$(TRAINING)/bin/python -m training.train --data $(DATA)
	$(TRAINING)/bin/python -m training.train --data $(DATA) --course second \
		--start var/training/weights.pt
	$(TRAINING)/bin/python -m training.export
	$(BIN)/python -m training.answers
	$(BIN)/python -m training.verdicts --data $(DATA)
	@$(MAKE) evaluate
	$(TRAINING)/bin/python -m training.politeness --data $(DATA)

format: $(VENV)/test.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# For maintainers, with uv: pins every dependency by hash and names no registry.
lock:
	$(LOCK) --extra s3 --output-file requirements.txt
	$(LOCK) --extra s3 --extra test --output-file requirements-test.txt

clean:
	rm -rf $(VENV) *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/run.stamp: requirements.txt pyproject.toml | $(BIN)/python
	@echo "Installing what Heard needs into $(VENV) (once; about a minute)"
	@$(PIP) install --require-hashes --requirement requirements.txt
	@$(PIP) install --no-deps --editable .
	@$(COMPILE)
	@touch $@

$(VENV)/test.stamp: requirements-test.txt $(VENV)/run.stamp
	@echo "Installing what the tests need into $(VENV)"
	@$(PIP) install --require-hashes --requirement requirements-test.txt
	@$(COMPILE)
	@touch $@

$(BIN)/python:
	@if [ -z "$(PYTHON)" ]; then \
		echo "Heard needs Python 3.11 or later. Install it, or name it: make run PYTHON=/path/to/python3"; \
		exit 1; fi
	@"$(PYTHON)" -m venv $(VENV) || { rm -rf $(VENV); \
		echo "Python could not make a virtual environment. On Debian: apt-get install python3-venv"; \
		exit 1; }
