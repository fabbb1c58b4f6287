#!/usr/bin/env bash
# What the Dockerfile does, where there is no Docker: the app in a folder that nobody can write,
# run by another user with one folder of its own, until it is healthy, restarted and ended.
# Needs root, haproxy, and a Python with requirements.txt; .ci/run runs it.
set -euo pipefail
cd "$(dirname "$0")/.."

place=$(mktemp -d)
server=
end() {
  if [ -n "$server" ]; then kill "$server" 2>/dev/null && wait "$server" || true; fi
  rm -rf "$place"
}
trap end EXIT
chmod 755 "$place"

git archive HEAD | tar -x -C "$place" --one-top-level=app
"$place/app/hosting/prepare.sh"
chmod -R a-w,a+rX "$place/app"
install -d -o nobody -m 700 "$place/data"

export GLASSBOX_HOME="$place/data" TMPDIR="$place/data" HOME="$place/data" PROCESSES=2 PORT=${PORT:-8761}
unset GLASSBOX_MNIST_DIR
# It may read everything, a Python in root's home, too, but write nothing that is not its own.
may_read=(--inh-caps=+dac_read_search --ambient-caps=+dac_read_search)
setpriv --reuid=nobody --regid=nogroup --clear-groups "${may_read[@]}" \
  "$place/app/hosting/start.sh" >"$place/log" 2>&1 &
server=$!

# wait_for SECONDS WORDS…: until a command succeeds.
wait_for() {
  local left=$1
  shift
  until "$@"; do
    if [ "$((left -= 1))" -lt 0 ] || ! kill -0 "$server"; then cat "$place/log"; exit 1; fi
    sleep 1
  done
}
wait_for 300 "$place/app/hosting/healthy.sh" 2>/dev/null
kill -HUP "$server"
wait_for 300 grep -q "all processes are restarted" "$place/log"
"$place/app/hosting/healthy.sh"
kill "$server"
wait "$server"
server=

test -d "$place/data/compiled"                                  # what was compiled lies there
if find "$place/app" -newer "$place/data/compiled" | grep .; then exit 1; fi # and nothing else
if grep -i "traceback\|error" "$place/log"; then exit 1; fi
echo "It runs on a folder that cannot be written, as another user, and can be restarted."
