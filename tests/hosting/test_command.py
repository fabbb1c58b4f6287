"""What the command refuses before it starts anything: one sentence each."""

import os
import socket
import subprocess
import sys

import pytest

from tests.browser.server import PATIENCE, ROOT
from tests.hosting.hosted import needs_haproxy


def said(*options: str, **environment: str) -> str:
    """The last line of what it says when it does not start."""
    run = subprocess.run(
        [sys.executable, "-m", "hosting", *options],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert run.returncode
    assert "Traceback" not in run.stderr
    return run.stderr.splitlines()[-1]


def test_a_variable_that_cannot_be(tmp_path):
    assert said(GLASSBOX_CORES="none") == (
        "GLASSBOX_CORES is “none”: expected a whole number from 1 on."
    )


def test_no_processes():
    assert said("--processes=0").endswith("expected at least one process")


@needs_haproxy
@pytest.mark.sweep
def test_a_port_that_is_taken(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        line = said(f"--port={port}", GLASSBOX_HOME=str(tmp_path))
    assert line.startswith(f"Port {port} cannot be had (address already in use)")
