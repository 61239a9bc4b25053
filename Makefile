# make demo: the main job on real data. make test: everything that must hold. Each sets itself up.
PYTHON ?= python3.11
BIN := .venv/bin
export OMP_NUM_THREADS ?= 1

.PHONY: demo test lint types floors pytest clean

demo: .venv/ready
	$(BIN)/python examples/arrests/demo.py build/demo

test: .venv/ready lint types floors pytest

lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/ready
	$(BIN)/mypy

floors: .venv/ready
	$(BIN)/lint-imports

pytest: .venv/ready
	$(BIN)/pytest --numprocesses 2 --dist worksteal

.venv/ready: locks/dev.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --requirement locks/dev.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	touch .venv/ready

clean:
	rm -rf .venv build
