#!/bin/sh
# Once, while the app's folder can be written: Python's own compiled code, beside the sources.
set -eu
cd "$(dirname "$0")/.."
python -m compileall -q -x '^\./(\.venv|tests|benchmarks|docs)/|/node_modules/' .
