"""Glassbox for many: several server processes behind one address, on this machine.

    python -m hosting                     # a process for each processor, on port 8501
    python -m hosting --processes 4 --port 80

SIGTERM or Ctrl+C ends all, SIGHUP restarts the processes, one after the other.
"""

import argparse
import functools
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from types import FrameType

from datasets.environment import cores, refuse_what_cannot_be
from hosting.proxy import ALL_THERE, configuration, haproxy
from hosting.server import Server, answers, end_with_parent, say
from kernels.compiled import compiling

A_LOOK = 0.2  # seconds between two looks at the processes
A_WHILE = 1.0  # seconds until the proxy is started again, should it end
LAST_PORT = 65_535
TO_START = 600.0  # seconds that a process may take until it answers


class Hosting:
    """The processes and the proxy before them, until they are to end."""

    def __init__(self, address: str, port: int, first_port: int, processes: int, base: str) -> None:
        """`base` is the path below which the server is: "" or "/path"."""
        here = "127.0.0.1" if address == "0.0.0.0" else address
        self._places = [(here, port)]
        self._ports = list(range(first_port, first_port + processes))
        each = max(1, cores() // processes)
        self._servers = [Server(own, base, each) for own in self._ports]
        self._places += [("127.0.0.1", own) for own in self._ports]
        self._configuration = configuration(f"{address}:{port}", self._ports, base)
        self._all_there = f"http://{here}:{port}{ALL_THERE}"
        self._link = f"http://{here}:{port}{base}"
        self._proxy: subprocess.Popen[bytes] | None = None
        self._program = haproxy()
        self._ends = self._restarts = False

    def run(self) -> None:
        """Start all and look after them, until SIGTERM or Ctrl+C. SIGHUP restarts one by one."""
        signal.signal(signal.SIGTERM, self._end)
        signal.signal(signal.SIGINT, self._end)
        signal.signal(signal.SIGHUP, self._restart)
        try:
            for place in self._places:
                refuse_if_taken(*place)
            self._compile()
            for server in self._servers:
                server.start()
            if not self._wait_until(lambda: any(server.healthy for server in self._servers)):
                raise SystemExit("No process of the server answers: see what they said above.")
            self._tend()
            say(f"{self._link} is open; {len(self._servers)} processes behind it")
            while not self._ends:
                self._tend()
                if self._restarts:
                    self._restarts = False
                    self._one_after_the_other()
                time.sleep(A_LOOK)
        finally:
            self._end_all()

    def _compile(self) -> None:
        """Compile what the machine has not yet, so that the processes need not, each for itself."""
        if processes := compiling():
            say("compiling, once for this machine")
        for process in processes:
            process.wait()

    def _tend(self) -> None:
        """Start again what has ended."""
        for server in self._servers:
            server.tend()
        if self._proxy is None or self._proxy.poll() is not None:
            if self._proxy is not None:
                say(f"the proxy ended ({self._proxy.returncode}); another in {A_WHILE:g} s")
                time.sleep(A_WHILE)
            self._proxy = subprocess.Popen(
                [self._program, "-q", "-db", "-f", "/dev/stdin"],
                stdin=subprocess.PIPE,
                preexec_fn=end_with_parent,
            )
            assert self._proxy.stdin is not None
            self._proxy.stdin.write(self._configuration.encode())
            self._proxy.stdin.close()

    def _one_after_the_other(self) -> None:
        """Restart every process, each when the one before it is back and has its visitors."""
        for server in self._servers:
            say(f"restarting the process on port {server.port}")
            server.end()
            server.start()
            if not self._wait_until(functools.partial(self._is_back, server)):
                say("it does not answer: the others stay as they are")
                return
        say("all processes are restarted")

    def _is_back(self, server: Server) -> bool:
        """Whether this process answers, and the proxy knows that all do."""
        return server.healthy and answers(self._all_there)

    def _wait_until(self, true: Callable[[], bool]) -> bool:
        """Whether it became true within the time that a process may take; not if all is to end."""
        end = time.monotonic() + TO_START
        while not self._ends and time.monotonic() < end:
            if true():
                return True
            if self._proxy is not None:
                self._tend()
            time.sleep(A_LOOK)
        return False

    def _end_all(self) -> None:
        for server in self._servers:
            server.ask_to_end()
        for server in self._servers:
            server.end()
        if self._proxy is not None:
            self._proxy.terminate()
            self._proxy.wait()

    def _end(self, number: int, frame: FrameType | None) -> None:
        self._ends = True

    def _restart(self, number: int, frame: FrameType | None) -> None:
        self._restarts = True


def refuse_if_taken(address: str, port: int) -> None:
    """SystemExit, with a sentence, if something else listens there, or we may not."""
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((address, port))
        except OSError as error:
            raise SystemExit(
                f"Port {port} cannot be had ({str(error.strerror).lower()}): choose another by "
                "--port, or by --first-port those of the processes."
            ) from None


def count(text: str) -> int:
    """A whole number from 1 on, as an option says it. ArgumentTypeError, with a sentence, else."""
    if not (text.isascii() and text.isdigit() and int(text)):
        raise argparse.ArgumentTypeError(f"“{text}” cannot be: expected a whole number from 1 on.")
    return int(text)


def port(text: str) -> int:
    """The same, of a port."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= LAST_PORT):
        raise argparse.ArgumentTypeError(f"“{text}” cannot be: expected 1 to {LAST_PORT}.")
    return int(text)


def main() -> None:
    """The command."""
    refuse_what_cannot_be()
    parser = argparse.ArgumentParser(
        prog="python -m hosting", description="Glassbox for many, behind one address."
    )
    parser.add_argument(
        "--processes", type=count, default=cores(), help="one a processor if not set"
    )
    parser.add_argument("--address", default="0.0.0.0", help="where to listen; all if not set")
    parser.add_argument("--port", type=port, default=8501)
    parser.add_argument(
        "--first-port", type=port, help="of the processes; the next ones if not set"
    )
    parser.add_argument("--base", default="", help="the path below which the server is")
    asked = parser.parse_args()
    base = f"/{asked.base.strip('/')}" if asked.base.strip("/") else ""
    first = asked.first_port or asked.port + 1
    if first + asked.processes - 1 > LAST_PORT:
        parser.error(
            f"{asked.processes} processes from port {first} on cannot be: expected none above "
            f"{LAST_PORT}."
        )
    say(f"the number of this process is {os.getpid()}: SIGHUP restarts, SIGTERM ends")
    Hosting(asked.address, asked.port, first, asked.processes, base).run()


if __name__ == "__main__":
    main()
