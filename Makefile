# make demo: the main job on real data. make test: everything that must hold. make coverage: a project for every pair of
# components, which takes half an hour and goes on where it stopped. make engines: frames of other engines as sources of a
# profile, needs Java. Each sets itself up.
PYTHON ?= python3.11
BIN := .venv/bin
export OMP_NUM_THREADS ?= 1

.PHONY: demo test lint types floors pytest coverage engines clean

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

coverage: .venv/ready
	$(BIN)/python benchmarks/covering.py --jobs 2

.venv/ready: locks/dev.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --requirement locks/dev.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	touch .venv/ready

engines: build/engines/ready
	PYTHONPATH=src build/engines/bin/pytest tests/profiling/sources/test_spark.py tests/profiling/sources/test_frames.py

build/engines/ready: locks/engines.txt
	$(PYTHON) -m venv build/engines
	build/engines/bin/pip install --quiet --requirement locks/engines.txt
	touch build/engines/ready

clean:
	rm -rf .venv build
