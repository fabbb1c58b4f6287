"""One process of the server: started, asked how it is, ended."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from datasets.environment import CORES, LOG

ROOT = Path(__file__).parent.parent
GRACE = 20.0  # seconds in which a process writes down what trains, before it is killed
STEADY = 20.0  # seconds after which one that ends did not fail at its start
FIRST, LONGEST = 0.5, 30.0  # seconds until one that failed is started again, longer each time


class Server:
    """One process of the server, on a port of its own that only this machine sees."""

    def __init__(self, port: int, base: str, cores: int, python: str = sys.executable) -> None:
        """`base` is the path below which it is, `cores` are for its trainings."""
        self.port, self._base, self._cores, self._python = port, base, cores, python
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._pause = FIRST
        self._again_at: float | None = None

    @property
    def runs(self) -> bool:
        """Whether its process is there."""
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int | None:
        """The number of its process."""
        return self._process.pid if self._process else None

    @property
    def healthy(self) -> bool:
        """Whether it answers."""
        return self.runs and answers(f"http://127.0.0.1:{self.port}{self._base}/_stcore/health")

    def start(self) -> None:
        """Start its process."""
        options = [
            f"--server.port={self.port}",
            "--server.address=127.0.0.1",
            "--server.headless=true",
            "--logger.hideWelcomeMessage=true",
            f"--server.baseUrlPath={self._base.strip('/')}",
        ]
        usual = {CORES: str(self._cores), LOG: "60"}
        self._process = subprocess.Popen(
            [self._python, "-m", "streamlit", "run", "dashboard.py", *options],
            cwd=ROOT,
            env=usual | os.environ,
            stdin=subprocess.DEVNULL,
            preexec_fn=end_with_parent,
        )
        self._started, self._again_at = time.monotonic(), None

    def tend(self) -> None:
        """Start it again if it has ended: at once at first, later and later if it goes on so."""
        if self.runs:
            return
        now = time.monotonic()
        if self._again_at is None:
            steady = now - self._started > STEADY
            self._pause = FIRST if steady else min(2 * self._pause, LONGEST)
            self._again_at = now + self._pause
            why = self._process.returncode if self._process else None
            say(f"the process on port {self.port} ended ({why}); another in {self._pause:g} s")
        elif now >= self._again_at:
            self.start()

    def ask_to_end(self) -> None:
        """Have it write down what trains, and end."""
        if self._process is not None and self.runs:
            self._process.terminate()

    def end(self) -> None:
        """The same, and return when it has ended; killed if it takes too long."""
        self.ask_to_end()
        if self._process is None:
            return
        try:
            self._process.wait(GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def answers(address: str) -> bool:
    """Whether somebody says at this address that all is well."""
    with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=5):
        return True
    return False


def end_with_parent() -> None:
    """Have a process that is about to begin end when the one that started it is gone (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


def say(what: str) -> None:
    """A line in the log."""
    print(f"{time.strftime('%Y-%m-%d %H:%M:%S')} hosting: {what}", flush=True)
