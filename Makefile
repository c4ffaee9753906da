# Two commands do everything on a machine with Python 3.11+ and nothing else:
#   make demo   set-up and the main job on the real plan
#   make test   set-up and all tests that Python alone can run
# make test-all first installs by apt and npm what else is needed, then runs everything.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.PHONY: demo test test-all lint bench eval build serve clean

$(READY): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("tjkg needs Python 3.11 or newer") if sys.version_info < (3, 11) else 0'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable . --group dev
	touch $@

demo: $(READY)
	@$(BIN)/python -m tjkg build --check
	@sh demo.sh "$(BIN)/python -m tjkg"

build: $(READY)
	$(BIN)/python -m tjkg build

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/mypy

test: $(READY) lint
	$(BIN)/python -m pytest -n auto -m "not system"

test-all: $(READY) lint
	sh tests/system/install.sh
	$(BIN)/python -m pytest -n auto -m "not system"
	$(BIN)/python -m pytest -m system

serve: $(READY)
	$(BIN)/python -m tjkg serve

eval: $(READY)
	$(BIN)/python -m benchmarks.eval

bench: $(READY)
	$(BIN)/python -m benchmarks.run

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
