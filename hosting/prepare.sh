#!/bin/sh
# Once, while the app's folder can be written: Python's own compiled code, beside the sources.
set -eu
cd "$(dirname "$0")/.."
python -m compileall -q dashboard.py pages ui views figures runs recipes kernels datasets nn_core hosting
