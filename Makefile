# One target an intent, the same for people and for CI. `make help` lists them.
PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/installed
PARTS := node_modules/.installed
HTML := _build/html
PORT ?= 8000

.DEFAULT_GOAL := help
.PHONY: help book test check serve lab lint format mutants reproducible fuzz bench-build bench-geometry bench-grading bench-learning bench-lighthouse bench-page pdf picture variants pins clean

help:  ## list these targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

book: $(INSTALLED) $(PARTS)  ## build the book to _build/html
	$(BIN)/jupyter-book build .
	@echo "Open $(CURDIR)/$(HTML)/index.html, or call make serve: only there can its cells run."

test: book  ## build the book, then run every test
	tests/install-browser
	$(BIN)/python -m pytest

check: $(INSTALLED)  ## say in seconds what is wrong with chapters and exercises, with file and line
	$(BIN)/python -m attention_lab check

serve: book  ## show the book at a printed address and rebuild on save
	$(BIN)/jupyter-book config sphinx .  # writes conf.py, which git ignores
	$(BIN)/python -m attention_lab.building.serve . $(HTML) -d _build/.doctrees --port $(PORT) \
	  --ignore '$(CURDIR)/_build/*' --ignore '$(CURDIR)/.*' --ignore '*/__pycache__/*'

lab: $(INSTALLED)  ## open the chapters as notebooks in JupyterLab; they are saved as text
	JUPYTER_CONFIG_PATH=.lab $(BIN)/jupyter-lab book $(LAB)

lint: $(INSTALLED)  ## check style, change nothing
	$(BIN)/ruff check
	$(BIN)/ruff format --check

format: $(INSTALLED)  ## mend what the linter can mend
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

mutants: $(INSTALLED)  ## plant mistakes in the mathematics and the judge; list those that no test notices
	$(BIN)/python tests/mutants.py

reproducible: $(INSTALLED) $(PARTS)  ## build this commit in two folders, on two days, and compare every byte
	$(BIN)/python -m attention_lab.building.same_bytes

fuzz: $(INSTALLED)  ## read a million functions drawn anew as torch executes them; FUZZ=… sets how many
	FUZZ=$${FUZZ:-1000000} $(BIN)/python -m pytest -q tests/grading/test_fuzz.py

bench-build: $(INSTALLED)  ## time the build against its floor, unchanged, and from save to page
	$(BIN)/python benchmarks/imports.py
	$(BIN)/python benchmarks/build.py

bench-geometry: $(INSTALLED)  ## time which keys can be copied, against a linear program a key
	$(BIN)/python benchmarks/geometry.py

bench-grading: $(INSTALLED)  ## time the marking of a class, against nbgrader and otter-grader
	$(BIN)/python benchmarks/grading.py

bench-learning: $(INSTALLED)  ## time the trainings of chapter 1.8, and see whether they repeat
	$(BIN)/python benchmarks/learning.py

bench-lighthouse: book  ## run Lighthouse five times on each page, as on a phone, and compare with the limits
	$(BIN)/python benchmarks/lighthouse.py

bench-page: book  ## time the playground and the cells that run in the page, count what they send
	$(BIN)/python benchmarks/page.py

pdf: book  ## print the whole book into one file, _build/attention-lab.pdf
	tests/install-browser
	$(BIN)/python -m attention_lab.pdf

picture: book  ## take the README's picture of a page anew
	$(BIN)/python .github/picture.py

variants: $(INSTALLED)  ## draw and certify the other keys and values anew
	$(BIN)/python -m attention_lab.certify

pins: $(INSTALLED)  ## write the newest versions that fit into requirements.txt
	echo '-e .[book,dev,grade,learn,real,extract]' | $(BIN)/uv pip compile --universal --upgrade --no-emit-index-url \
	  --annotation-style line --custom-compile-command 'make pins' --output-file requirements.txt -

clean:  ## delete what a build makes, keep .venv and node_modules
	rm -rf _build mutants conf.py

# The stamp is newer than both files when there is nothing left to install. Where there is none yet, an
# installation may have been broken off, and pip stumbles over what that left.
$(INSTALLED): requirements.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	$(PYTHON) -m venv $(if $(wildcard $@),,--clear) .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

# What the page takes from npm, as the lock has it, fetched by the Node that pip has just installed.
$(PARTS): package.json package-lock.json .npmrc $(INSTALLED)
	$(BIN)/npm ci >/dev/null
	touch $@
