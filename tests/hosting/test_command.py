"""What the command refuses before it starts anything: one sentence each."""

import os
import socket
import subprocess
import sys

import pytest

from hosting.__main__ import main
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


@pytest.mark.parametrize(
    ("option", "expected"),
    [
        ("--processes=0", "--processes: “0” cannot be: expected a whole number from 1 on."),
        ("--port=http", "--port: “http” cannot be: expected 1 to 65535."),
        ("--port=99999", "--port: “99999” cannot be: expected 1 to 65535."),
        ("--port=65535", "processes from port 65536 on cannot be: expected none above 65535."),
    ],
)
def test_an_option_that_cannot_be(option, expected, capsys, monkeypatch):
    monkeypatch.setattr("sys.argv", ["hosting", option])
    with pytest.raises(SystemExit) as refused:
        main()
    assert refused.value.code
    assert capsys.readouterr().err.splitlines()[-1].endswith(expected)


@needs_haproxy
@pytest.mark.sweep
def test_a_port_that_is_taken(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        line = said(f"--port={port}", GLASSBOX_HOME=str(tmp_path))
    assert line.startswith(f"Port {port} cannot be had (address already in use)")
