# What a person does with this repository. Each target is one tool; the tools say how they are used.
.DEFAULT_GOAL := help
.PHONY: help run stop info test test-deep bench lint format reset new-service

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

run: ## install what is missing, build, start with demo data; MODE=services, DEMO=0
	@tools/install run
	@tools/run

stop: ## stop what runs; data stay
	@tools/stop

info: ## addresses, processes, stores and where the credentials lie, as JSON
	@tools/info

test: ## unit, service and browser tests
	@tools/test

test-deep: ## the long ones: crashes, races, sanitizers, clang-tidy on all sources
	@tools/test-deep

bench: ## measure against pgbench on a large data set
	@tools/install run bench
	@tools/bench

lint: ## what a machine can check
	@tools/lint

format: ## write C++ and web sources as `make lint` wants them
	@tools/format

reset: ## stop and remove this clone's data
	@tools/stop && tools/stack destroy dev

new-service: ## the skeleton of a service: make new-service name=…
	@tools/new-service "$(name)"
