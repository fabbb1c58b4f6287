"""How the server does, a line a minute, for the person who runs it: nothing of any visitor's."""

import os
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import streamlit as st
from streamlit.runtime import Runtime

from datasets.environment import glassbox_home, log_seconds
from runs.work import TURNS
from ui.runs import registry

MB = 1_000_000


class Doing(NamedTuple):
    """How this process does; what lies on the disk is that of all processes of this server."""

    port: int
    visitors: int
    training: int  # runs
    waiting: int  # runs that wait for a worker
    films_waiting: int  # and other slow work
    runs: tuple[int, int]  # on the disk, and their bytes
    films: tuple[int, int]  # the same
    memory: int | None  # bytes; None where the system does not say

    def __str__(self) -> str:
        """As the log has it."""
        runs, films = (f"{n} ({size / MB:.0f} MB)" for n, size in (self.runs, self.films))
        memory = "" if self.memory is None else f", memory {self.memory / MB:.0f} MB"
        return (
            f"port {self.port}: visitors {self.visitors}, runs training {self.training}, runs "
            f"waiting {self.waiting}, films waiting {self.films_waiting}{memory}; "
            f"on disk: runs {runs}, films {films}"
        )


def doing() -> Doing:
    """How it does now."""
    home, runs = glassbox_home(), registry()
    waiting = runs.workers.waiting
    return Doing(
        int(st.get_option("server.port")),
        Runtime.instance()._session_mgr.num_active_sessions() if Runtime.exists() else 0,
        max(0, len(runs.store.living) - waiting),
        waiting,
        TURNS.in_the_queue,
        _lying((home / "runs").glob("*.npz")),
        _lying((home / "films").glob("*.npz")),
        _memory(),
    )


def tell_how_it_does() -> None:
    """Print a line every so many seconds, if that is asked for."""
    if seconds := log_seconds():
        threading.Thread(target=_tell, args=[seconds], daemon=True).start()


def _tell(seconds: float) -> None:
    while True:
        time.sleep(seconds)
        print(f"{time.strftime('%Y-%m-%d %H:%M:%S')} glassbox {doing()}", flush=True)


def _lying(files: Iterable[Path]) -> tuple[int, int]:
    """How many files these are, and how many bytes; without those that are gone meanwhile."""
    sizes = []
    for file in files:
        try:
            sizes.append(file.stat().st_size)
        except OSError:
            continue
    return len(sizes), sum(sizes)


def _memory() -> int | None:
    """What this process has of the machine's memory, if the system says so, as Linux does."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return None
