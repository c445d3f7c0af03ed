# Inkreel. `make studio`, `make film` and `make test` need only Python 3.11+, make and git: everything else they set up themselves.
SHELL := /bin/bash
.DEFAULT_GOAL := help
SCRIPT ?= assets/samples/the-last-ferry.fountain
OUT ?= film.mp4
PRESET ?= 1080p
UV = $$(command -v uv || echo .tools/bin/uv)
RUN = $(UV) run --no-sync
SETTINGS = $(if $(wildcard .env),--env-file .env)
# HOST and PORT count only when given on the command line: many shells have a HOST of their own.
given = $(if $(filter command,$(origin $1)),--$2 "$($1)")
export UV_LINK_MODE ?= copy
# Python keeps what it compiled, also where the shell says otherwise: without that, every program of ours begins by
# compiling two thousand files, which is longer than all else it does until it is up.
export PYTHONDONTWRITEBYTECODE =

# install PACKAGES: with apt-get, as root or with sudo; fails where we may not.
define install
install() { \
  command -v apt-get >/dev/null || return 1; \
  if [ "$$(id -u)" = 0 ]; then become=env; elif sudo -n true 2>/dev/null; then become=sudo; else return 1; fi; \
  echo "Installing $$*"; \
  { $$become apt-get update -qq && $$become env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "$$@"; } >.apt.log 2>&1 || { tail -3 .apt.log; return 1; }; \
  rm -f .apt.log; \
}
endef

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

studio: ready ## open the studio in the browser: make studio [PORT=3200] [HOST=127.0.0.1]
	@$(RUN) $(SETTINGS) inkreel up $(call given,PORT,port) $(call given,HOST,host)

film: ready ## make a film: make film [SCRIPT=my.fountain] [OUT=my.mp4] [PRESET=720p]
	@$(RUN) $(SETTINGS) inkreel film "$(SCRIPT)" -o "$(OUT)" --preset $(PRESET)

test: NEEDS = --tests
test: ready-dev browser ## all tests, on SQLite, on PostgreSQL and in a browser
	@$(RUN) pytest -n 2

check: ready-dev ## format, lint, types, import law, pure tests: what to run before a commit
	@$(RUN) ruff format --check .
	@$(RUN) ruff check .
	@$(RUN) basedpyright
	@$(RUN) lint-imports
	@$(RUN) pytest -n 2 -m "not services and not film and not programs"

bench: ready-dev browser ## the figures: start-up, panels, render, scripts, the studio in the browser
	@for b in benchmarks/*.py; do echo "== $$b"; PYTHONPATH=. $(RUN) python $$b || exit 1; done
	@PYTHONPATH=. $(RUN) python -m benchmarks.web

bench-render: NEEDS = --tests
bench-render: browser debian ## rendering beside ffmpeg, melt, MoviePy and Remotion: make bench-render [ARGS="A C --whole --write"]
	@$(install); command -v melt >/dev/null || install melt || echo "melt is missing; install it with: sudo apt-get install melt"
	@$(UV) sync --quiet --locked --group bench
	@mkdir -p .tools/remotion; cp benchmarks/film/peers/remotion.json .tools/remotion/package.json; cd .tools/remotion && \
	npm install --ignore-scripts --no-audit --no-fund >npm.log 2>&1 || echo "Remotion is not measured: npm is missing, or did not give it (.tools/remotion/npm.log)"
	@PYTHONPATH=. $(RUN) python -m benchmarks.film $(ARGS)

drills: ready-dev ## the engine driven where it could break: make drills [ARGS="fuzz --count 50"]
	@PYTHONPATH=. $(RUN) python -m benchmarks.drills $(ARGS)

doctor: ready ## what this machine has and lacks
	@$(RUN) inkreel doctor

uv:
	@$(install); \
	if ! command -v uv >/dev/null && ! test -x .tools/bin/uv; then \
	  python3 -m pip --version >/dev/null 2>&1 || install python3-pip || \
	    { echo "pip is missing. Install it with: sudo apt-get install python3-pip"; exit 1; }; \
	  python3 -m pip install --quiet --target .tools uv || { echo "uv could not be installed with pip."; exit 1; }; \
	fi

venv: uv
	@$(UV) sync --quiet --locked --no-dev --inexact

venv-dev: uv
	@$(UV) sync --quiet --locked

ready: venv debian ## set up what the studio and films need
ready-dev: venv-dev debian

# What Debian brings (voices, synthesiser, drawing libraries): installed when we may, else named in one sentence.
debian:
	@$(install); missing="$$($(RUN) inkreel doctor --packages $(NEEDS))" || exit 1; \
	if [ -n "$$missing" ]; then \
	  install $$missing || echo "Better with these packages; install them with: sudo apt-get install $$missing"; \
	fi; \
	$(RUN) inkreel doctor >/dev/null || { $(RUN) inkreel doctor; exit 1; }

# Debian's Chromium, else Playwright's own, else the tests that need one are skipped.
browser: ready-dev
	@$(RUN) python -m tests.support.chromium || $(RUN) playwright install chromium >.browser.log 2>&1; \
	$(RUN) python -m tests.support.chromium || \
	  echo "There is no browser for the tests: those in a browser are skipped. Install one with: sudo apt-get install chromium"

.PHONY: help studio film test check bench bench-render drills doctor uv venv venv-dev ready ready-dev debian browser
