# The commands of this repository. `make help` lists them.
#
#   OUT=folder   where `make book` writes the site (default: site)
#   PROFILE=name  which version of the book: full (default) or quick
#   ARGS="…"     more arguments for `fieldbook build`, the tests (`--filter Name`) or the benchmark (case names)

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: book program test bench lint format help clean setup

OUT ?= site
PROFILE ?= full
ARGS ?=

# One optimised build serves the book, the tests and the benchmark: the engine's code is some 70 times slower unoptimised.
SWIFT_BUILD := swift build -c release -Xswiftc -enable-testing
SWIFT_TEST := swift test -c release -Xswiftc -enable-testing

# The same kernels and one BLAS thread a worker on every machine, so that every machine computes the same bits.
export OPENBLAS_CORETYPE := Haswell
export OPENBLAS_NUM_THREADS := 1

book: program  ## run every experiment and write the book to site/ (OUT=folder, PROFILE=quick, ARGS="…")
	.build/release/fieldbook build -o '$(OUT)' --profile '$(PROFILE)' $(ARGS)

program: setup  ## build .build/release/fieldbook alone
	$(SWIFT_BUILD) --product fieldbook

test: setup  ## build and run all tests (ARGS="--filter Name")
	$(SWIFT_BUILD) --build-tests
	$(SWIFT_TEST) --disable-xctest --skip-build $(ARGS)

bench: setup  ## measure the engine beside PyTorch in one run (ARGS="case …")
	scripts/bench $(ARGS)

lint:  ## check style and what each module may import
	swift format lint --strict --recursive Sources Tests Package.swift
	scripts/check-imports

format:  ## put all sources into the style that lint wants
	swift format format --in-place --recursive Sources Tests Package.swift

clean:  ## remove what was built (stored results stay: see `fieldbook clean`)
	rm -rf .build

help:  ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup:
	@scripts/setup
