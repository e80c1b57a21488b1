# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later

.DEFAULT_GOAL := help
.PHONY: help setup setup-demo demo test pytest lint types contracts messages messages-check lock \
	bench evaluate-redaction screenshots clean

BIN := .venv/bin
OUT ?= demo-out

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | awk -F '\t' '{ printf "  make %-20s %s\n", $$1, $$2 }'

setup:  ## everything that running and testing need
	@packaging/setup/setup.sh test

setup-demo:
	@packaging/setup/setup.sh demo

demo: setup-demo  ## the demonstration: vault, dossier, bundle, every check (OUT=folder)
	@$(BIN)/panah demo --out "$(OUT)"

test: setup lint types contracts messages-check pytest  ## every check and every test

pytest:
	@packaging/setup/run-tests.sh -q -n 2 --dist loadfile $(ARGS)

lint:  ## style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types:  ## mypy, strict
	$(BIN)/mypy

contracts:  ## which room may import which
	$(BIN)/lint-imports --no-logo

messages:  ## extract the texts, update the catalogues, compile them
	$(BIN)/python packaging/messages.py update

messages-check:  ## whether the catalogues fit the program
	$(BIN)/python packaging/messages.py check

lock:  ## write the lock files again (UPGRADE=upgrade for newer versions)
	packaging/locks/lock.sh $(UPGRADE)

bench: setup  ## the benchmarks, as a table
	$(BIN)/python -m benchmarks

evaluate-redaction: setup  ## how much the redaction finds in the marked texts
	$(BIN)/python -m benchmarks.redaction
	$(BIN)/python -m benchmarks.evaluate_redaction

screenshots: setup  ## pictures of the window into docs/images
	packaging/setup/screenshots.sh

clean:  ## remove what the commands above made
	rm -rf .venv build dist demo-out .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage
	find src tests benchmarks packaging -name __pycache__ -type d -prune -exec rm -rf {} +
