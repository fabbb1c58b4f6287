"""Real server processes behind the proxy, as `python -m hosting` starts them."""

import contextlib
import os
import random
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hosting.proxy import ALL_THERE
from tests.browser.server import PATIENCE, ROOT, Server, _wait_until, put_compiled

WITHOUT = "haproxy is missing. On Debian: apt-get install haproxy"
HAPROXY = shutil.which("haproxy", path=f"{os.environ.get('PATH', '')}:/usr/sbin")

needs_haproxy = pytest.mark.skipif(HAPROXY is None, reason=WITHOUT)

# `python -m hosting`, until the pipe to its tests closes; its processes end with it.
HOST = """
import os, runpy, sys, threading
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(1)), daemon=True).start()
runpy.run_module("hosting", run_name="__main__", alter_sys=True)
"""


def free_ports(count: int) -> int:
    """The first of so many ports in a row that nothing listens on."""
    while True:
        first = random.randrange(20_000, 32_000)
        with contextlib.suppress(OSError), contextlib.ExitStack() as taken:
            for port in range(first, first + count):
                taken.enter_context(socket.socket()).bind(("127.0.0.1", port))
            return first


@contextlib.contextmanager
def running_processes(
    home: Path, log: Path, processes: int, base: str = "", **environment: str
) -> Iterator[Server]:
    """So many server processes that keep their files in `home`, all there, behind one address."""
    port = free_ports(processes + 1)
    options = [f"--processes={processes}", "--address=127.0.0.1", f"--port={port}"]
    put_compiled(home)
    with log.open("ab") as says:
        process = subprocess.Popen(
            [sys.executable, "-c", HOST, *options, *([f"--base={base}"] if base else [])],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            env=os.environ | {"GLASSBOX_HOME": str(home)} | environment,
            stdout=says,
            stderr=says,
        )
        try:
            _wait_until(f"http://127.0.0.1:{port}{ALL_THERE}", process, log)
            yield Server(f"http://127.0.0.1:{port}{base}", process, log)
        finally:
            process.terminate()
            try:
                process.wait(PATIENCE)
            finally:
                process.stdin.close()
