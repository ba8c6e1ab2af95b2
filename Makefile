# make demo: sets everything up and runs the main job on the example round
# make test: sets everything up and passes the tests
# make bench: measures speed and memory beside baselines; UNITS="4000 15000" for larger rounds
# make fuzz: kills runs at 50 random moments
PYTHON ?= python3
VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
READY := $(VENV)/ready
DEMO := demo-tay-ninh
SEED ?= $(shell $(PYTHON) -c "import time; print(int(time.time()) // 86400)")

.PHONY: demo test fuzz lint bench clean

demo: $(READY)
	rm -rf $(DEMO)
	$(BIN)/danvan demo $(DEMO)

test: $(READY) lint
	$(BIN)/pytest -n 2

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# 5,000 damaged workbooks, other ones every night; 50 runs killed at random moments
fuzz: $(READY)
	DANVAN_FUZZ=5000 DANVAN_FUZZ_SEED=$(SEED) $(BIN)/pytest -n 0 -s tests/evidence/test_fuzz.py
	DANVAN_KILLS=50 $(BIN)/pytest tests/test_killed.py

bench: $(READY)
	$(BIN)/python -m benchmarks $(UNITS)

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'danvan needs Python 3.11 or later')"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[dev]"
	$(BIN)/python -c "open('$(READY)', 'w').close()"

clean:
	rm -rf $(VENV) $(DEMO)
