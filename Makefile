# Two commands for everyone: `make demo` and `make test`. Each sets up all it needs in .venv/.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
DEMO := build/demo

.PHONY: demo test check bench fuzz lock layers format docs picture clean

$(VENV)/.ready: requirements/dev.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

demo: $(VENV)/.ready ## Build the sample dossier through every stage and serve it.
	$(BIN)/python sample/build.py $(DEMO) --serve

test: $(VENV)/.ready ## Run every test.
	sh tests/system-packages.sh
	$(BIN)/pytest -n auto

check: $(VENV)/.ready layers ## Formatting, lint, types, layers, generated docs.
	$(BIN)/ruff format --check src tests bench sample docs
	$(BIN)/ruff check src tests bench sample docs
	$(BIN)/mypy
	$(BIN)/python docs/generate.py --check

layers: $(VENV)/.ready ## One direction of imports.
	$(BIN)/lint-imports

format: $(VENV)/.ready
	$(BIN)/ruff format src tests bench sample docs
	$(BIN)/ruff check --fix src tests bench sample docs

docs: $(VENV)/.ready ## Write the generated reference pages.
	$(BIN)/python docs/generate.py

picture: $(VENV)/.ready ## The README's picture, from the demonstration.
	$(BIN)/python sample/build.py $(DEMO) >/dev/null
	$(BIN)/python docs/picture.py $(DEMO)/site docs/images/event.png

bench: $(VENV)/.ready ## Print ratios to named yardsticks, measured in one run.
	$(BIN)/python bench/run.py --write docs/benchmarks.md

SECONDS := 60
fuzz: $(VENV)/.ready ## Fuzz every reader for SECONDS each; build/fuzz keeps what was learnt.
	for target in $$($(BIN)/python tests/fuzz/run.py --list); do \
	  $(BIN)/python tests/fuzz/run.py $$target --seconds $(SECONDS) --corpus build/fuzz || exit 1; \
	done

lock: $(VENV)/.ready ## Resolve dependencies again; hashes in, index addresses out.
	$(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --universal pyproject.toml -o requirements/base.txt
	$(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --universal --extra dev pyproject.toml -o requirements/dev.txt

clean:
	rm -rf $(VENV) build
