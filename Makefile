# `make test` and `make bench` work by themselves on a fresh machine that has a
# Swift toolchain: OpenBLAS and LAPACKE are installed first where missing.

SWIFT ?= swift
# More flags for `swift test`, such as -Xswiftc -warnings-as-errors.
SWIFTFLAGS ?=
# The benchmark that `make bench` runs, with its options.
BENCHMARK ?= crossover

FORMATTED = Package.swift Sources Tests Benchmarks \
	Examples/Package.swift Examples/Sources

# Homebrew keeps openblas out of the default search path, since macOS has a BLAS
# of its own.
ifeq ($(shell uname -s),Darwin)
export PKG_CONFIG_PATH := \
	$(shell brew --prefix openblas 2>/dev/null)/lib/pkgconfig:$(PKG_CONFIG_PATH)
endif

.PHONY: help test bench examples snippets docs peers lint format dependencies

help:
	@echo "make test       build and run the tests"
	@echo "make bench      Newton against L-BFGS: table, JSON and HTML page"
	@echo "                BENCHMARK='kernels --quick' runs another"
	@echo "make examples   build and run the programs in Examples"
	@echo "make snippets   build and run the snippets of README and articles"
	@echo "make docs       build the documentation of all libraries"
	@echo "make peers      install the libraries that benchmarks compare with"
	@echo "make lint       check the formatting"
	@echo "make format     format all sources in place"

# One thread of OpenBLAS, since tests that count allocations share the process with
# others; those about threads have processes of their own.
test: dependencies
	OPENBLAS_NUM_THREADS=1 $(SWIFT) test $(SWIFTFLAGS)

bench: dependencies
	$(SWIFT) run -c release benchmarks $(BENCHMARK)

examples: dependencies
	Examples/run

snippets: dependencies
	Scripts/snippets

docs: dependencies
	for module in Matrix Differentiation Optimization CurveFitting Models; do \
		$(SWIFT) package generate-documentation --target $$module \
			--warnings-as-errors || exit 1; \
	done

peers: dependencies
	Benchmarks/Peers/setup.sh

lint:
	$(SWIFT) format lint --strict --parallel --recursive $(FORMATTED)

format:
	$(SWIFT) format --in-place --parallel --recursive $(FORMATTED)

dependencies:
	@Scripts/dependencies
