# The front door. `make demo` opens the app on the embedded demo, `make check` passes every test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WORKERS := $(shell $(PYTHON) -c "import os; print(2 * (os.cpu_count() or 1))")
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# The tests start the program hundreds of times: it is not compiled anew each time.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo run check lint test bench soak live docs lock clean

demo: $(VENV)/.run
	@$(BIN)/teleteam --demo

run: $(VENV)/.run
	@$(BIN)/teleteam

check: lint test

lint: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Many tests wait for real programs: more workers than cores keep these busy. What failed beside others on a
# busy machine is tried once more, alone.
test: $(VENV)/.dev
	$(BIN)/pytest -n $(WORKERS) --dist worksteal || $(BIN)/pytest --last-failed --last-failed-no-failures none

bench: $(VENV)/.dev
	$(BIN)/python -m tests.bench

soak: $(VENV)/.dev
	$(BIN)/pytest -m soak

live: $(VENV)/.dev
	$(BIN)/pytest -m live tests/live

docs: $(VENV)/.dev
	$(BIN)/teleteam --lang en keys --markdown > docs/keys.md
	$(BIN)/teleteam --lang en config markdown > docs/config.md
	$(BIN)/python -m tests.support.acceptance > docs/acceptance.md

lock:
	uv pip compile --generate-hashes --no-header --no-emit-index-url --universal --python-version 3.11 -q pyproject.toml requirements/build.in -o requirements/run.txt
	uv pip compile --generate-hashes --no-header --no-emit-index-url --universal --python-version 3.11 -q --group dev pyproject.toml -o requirements/dev.txt

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements/run.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install -q --no-deps --require-hashes -r requirements/run.txt
	$(BIN)/pip install -q --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	$(BIN)/pip install -q --no-deps --require-hashes -r requirements/dev.txt
	@touch $@

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis dist
