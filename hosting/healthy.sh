#!/bin/sh
# Whether the server on PORT, 8501 if not set, answers.
set -eu
exec python -c "
import sys, urllib.request
urllib.request.urlopen(f'http://127.0.0.1:{sys.argv[1]}/_stcore/health', timeout=4)
" "${PORT:-8501}"
