#!/bin/sh
# Starts the server: PROCESSES of them, one for each processor if not set, on PORT, 8501 if not set.
set -eu
cd "$(dirname "$0")/.."
exec python -m hosting ${PROCESSES:+--processes "$PROCESSES"} --port "${PORT:-8501}"
