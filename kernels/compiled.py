"""Where the compiled loop is kept, and its compilation: once for a machine.

Numba keeps what it compiled as pickles, so only in a folder that nobody else can write. It does not
notice every change of what it compiled, so the folder is named by a digest of these files.
"""

import functools
import hashlib
import importlib
import math
import os
import platform
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

from datasets.environment import glassbox_home

COMPILED = ("kernels.loop", "kernels.chance")
DONE = ".done"  # ends the name of a file that says what is compiled, and when it was last loaded
FORGOTTEN = 7 * 24 * 3600  # seconds unused, after which other code's folder is nobody's any more
DIGEST = re.compile("[0-9a-f]{16}")
_lock = threading.Lock()


def digest() -> str:
    """A name for the code of this room, Python's and the machine's versions of it told apart."""
    code = b"".join(file.read_bytes() for file in sorted(Path(__file__).parent.glob("*.py")))
    versions = f"{sys.version} {version('numba')} {platform.machine()}"
    return hashlib.sha256(code + versions.encode()).hexdigest()[:16]


@functools.cache
def folder() -> Path | None:
    """Where compiled code is kept: in Glassbox's home, else for this process alone, or nowhere."""
    try:
        place = glassbox_home() / "compiled" / digest()
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        place.mkdir(exist_ok=True, mode=0o700)
        tempfile.TemporaryFile(dir=place).close()
        if _ours_alone(place.parent) and _ours_alone(place):
            return place
    except OSError:
        pass
    try:
        return Path(tempfile.mkdtemp(prefix="glassbox-"))
    except OSError:
        return None


def _ours_alone(place: Path) -> bool:
    """Whether this is a folder, no link, and nobody else can write into it."""
    found = os.lstat(place)
    others = stat.S_IWGRP | stat.S_IWOTH
    mine = not hasattr(os, "getuid") or found.st_uid == os.getuid()
    return stat.S_ISDIR(found.st_mode) and mine and not found.st_mode & others


def take_steps() -> Callable:
    """`loop.take_steps`, from where it is kept; compiled first, some seconds, if it is not."""
    return _compiled("kernels.loop").take_steps


def chance() -> ModuleType:
    """The functions of `chance.py`, in the same way."""
    return _compiled("kernels.chance")


def _compiled(name: str) -> ModuleType:
    """One of the files that are compiled when they are imported: all of them or none are there."""
    with _lock:
        if any(file not in sys.modules for file in COMPILED):
            for file in COMPILED:
                compile_one(file)
        return sys.modules[name]


def compile_one(file: str) -> None:
    """Compile one of the files, or find it compiled, and note that it was loaded now."""
    import numba

    place = folder()
    numba.config.CACHE_DIR = str(place or "")  # type: ignore[attr-defined]
    importlib.import_module(file)
    if place is not None:
        (place / f"{file}{DONE}").touch()


@functools.cache
def compiling() -> tuple[subprocess.Popen, ...]:
    """The processes that compile a file each, if it is not; begun when this is first called."""
    place = folder()
    if place is None:
        return ()
    code = (
        "import pathlib, sys; from kernels import compiled; "
        "compiled.folder = lambda: pathlib.Path(sys.argv[1]); compiled.compile_one(sys.argv[2])"
    )
    try:
        return tuple(
            subprocess.Popen(
                [sys.executable, "-c", code, str(place), file],
                cwd=Path(__file__).parent.parent,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            for file in COMPILED
            if not (place / f"{file}{DONE}").exists()
        )
    except OSError:
        return ()


def compile_in_background() -> None:
    """Have the loop compiled by a process of its own, if it is not; called at a server's start."""
    with _lock:
        forget_other_code()
        compiling()


def forget_other_code() -> None:
    """Remove what other versions compiled and none has loaded for a week."""
    ours = folder()
    if ours is None or ours.name != digest():  # then it lies in no folder of ours alone
        return
    for place in ours.parent.iterdir():
        if (
            place != ours
            and DIGEST.fullmatch(place.name)
            and _last_used(place) < time.time() - FORGOTTEN
        ):
            shutil.rmtree(place, ignore_errors=True)


def _last_used(place: Path) -> float:
    """When code was last compiled into this folder, or loaded from it."""
    try:
        return max(os.lstat(file).st_mtime for file in (place, *place.glob(f"*{DONE}")))
    except (OSError, ValueError):
        return math.inf


def wait(seconds: float | None = None) -> bool:
    """Whether the processes that compile have ended after so long at most; then the loop is loaded.

    Had these no success, it is compiled here.
    """
    with _lock:
        processes = compiling()
    ends = None if seconds is None else time.monotonic() + seconds
    try:
        for process in processes:
            process.wait(None if ends is None else max(0.0, ends - time.monotonic()))
    except subprocess.TimeoutExpired:
        return False
    take_steps()
    return True
