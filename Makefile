# Everything a newcomer or a developer does with Cewen, as one word each.
#
# pip runs only when pyproject.toml or constraints.txt changed (a stamp in .venv holds
# their hash), so every later run works without a network.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run test check ablation bench eval docs clean

# Optional, on the command line: make run PORT=8080, or, to let other machines in (there is
# no login), make run HOST=0.0.0.0 ALLOW_REMOTE=1. Empty leaves the choice to CEWEN_HOST,
# CEWEN_PORT and config.toml. Set here so that a HOST or PORT that a shell happens to export
# is not taken for ours.
HOST =
PORT =
ALLOW_REMOTE =
# Optional, may be exported: the wheel index torch alone is fetched from.
TORCH_INDEX ?=
# Optional: what is handed to pytest, to the bench or to the evaluation, as in make test ARGS="-k numerals".
ARGS =

VENV := .venv
PYTHON := $(VENV)/bin/python
PIP := $(PYTHON) -m pip
TORCH := torch==2.13.0

# CURDIR belongs to the hash: an editable install remembers where the tree lay.
HASH := $(shell { cat pyproject.toml constraints.txt; echo '$(CURDIR)'; } \
	| { sha256sum 2>/dev/null || shasum -a 256; } | cut -c 1-16)
RUN_STAMP := $(VENV)/stamps/run-$(HASH)
TEST_STAMP := $(VENV)/stamps/test-$(HASH)
EVAL_STAMP := $(VENV)/stamps/eval-$(HASH)

help: ## 列出全部命令
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

run: $(RUN_STAMP) ## 安装（仅首次）、建立索引并打开网页服务：http://127.0.0.1:7860
	@$(VENV)/bin/cewen index
	@exec $(VENV)/bin/cewen serve $(if $(HOST),--host '$(HOST)') $(if $(PORT),--port '$(PORT)') \
		$(if $(ALLOW_REMOTE),--allow-remote)

test: $(TEST_STAMP) ## 运行全部测试（不联网）
	$(PYTHON) -m pytest $(ARGS)

check: $(TEST_STAMP) ## 代码检查：ruff 与 mypy --strict
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy --strict

bench: $(RUN_STAMP) ## 测量速度与内存，与目标对照
	@$(PYTHON) -m eval.bench $(ARGS)

docs: $(RUN_STAMP) ## 重新生成 docs/ 中由程序产生的各表（命令、JSON 的键、设置）
	@$(PYTHON) -m eval.docs

ablation: $(EVAL_STAMP) ## 测量检索各信号的作用，更新 eval/results 和 docs/search.md
	@$(PYTHON) -m eval.ablation $(ARGS)
	@$(PYTHON) -m eval.docs

eval: $(EVAL_STAMP) ## 用随附题目评测检索和回答，成绩写入 eval/results
	@$(VENV)/bin/cewen eval --out eval/results --plot $(ARGS)

clean: ## 删除虚拟环境、缓存和构建产物（不动 CEWEN_HOME 里的资料）
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A pyenv shim may exist and still refuse to run, so each candidate is tried, not just found.
$(PYTHON):
	@found=; for candidate in python3.11 /usr/bin/python3.11 /usr/local/bin/python3.11 python3; do \
		if "$$candidate" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; \
		then found="$$candidate"; break; fi; done; \
	if [ -z "$$found" ]; then \
		echo '未找到 Python 3.11：请先安装 Python 3.11（例如 sudo apt install python3.11 python3.11-venv，或从 python.org 下载），再重新运行本命令。' >&2; \
		exit 1; fi; \
	"$$found" -m venv $(VENV) || { rm -rf $(VENV); \
		echo '无法创建虚拟环境：请安装 Python 3.11 的 venv 组件（例如 sudo apt install python3.11-venv），再重新运行本命令。' >&2; \
		exit 1; }

# torch first and alone: its wheel may come from another index than everything else; what it
# depends on is installed with the rest. setuptools builds us and the packages that come as
# source, at a version we know, instead of a newest one fetched for each build.
$(RUN_STAMP): | $(PYTHON)
	@echo '正在安装依赖，首次需要几分钟……'
	$(PIP) install --no-deps $(if $(TORCH_INDEX),--index-url '$(TORCH_INDEX)') $(TORCH)
	$(PIP) install --no-deps -c constraints.txt setuptools
	$(PIP) install --no-build-isolation -c constraints.txt -e .
	@mkdir -p $(@D) && rm -f $(VENV)/stamps/run-* && touch $@

$(EVAL_STAMP): $(RUN_STAMP)
	@echo '正在安装画图工具……'
	$(PIP) install --no-build-isolation -c constraints.txt -e '.[eval]'
	@mkdir -p $(@D) && rm -f $(VENV)/stamps/eval-* && touch $@

$(TEST_STAMP): $(RUN_STAMP)
	@echo '正在安装测试工具……'
	$(PIP) install --no-build-isolation -c constraints.txt -e '.[test]'
	@mkdir -p $(@D) && rm -f $(VENV)/stamps/test-* && touch $@
