"""Files under names that nobody can guess, in one folder: whole or not at all, within a limit.

A name ends in a mark of who it is from, a visit: what is kept is counted by that.
"""

import contextlib
import os
import re
import secrets
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import IO

FORGOTTEN = 600  # seconds after which half a file belongs to nobody any more
HALF = ".half"  # ends the name of a file that is not whole yet
A_NAME = re.compile(r"[A-Za-z0-9_-]{8,40}")
UNGUESSABLE, MARK = 12, 6  # letters that are drawn for a name, and that say who it is from

Stamp = tuple[int, int, int]  # what tells one writing of a file from the next


class NoRoom(Exception):
    """Nothing was written: more of this visit would have to go than it has been asked about."""

    def __init__(self, names: list[str]) -> None:
        """`names` are what would have to go, the first first."""
        super().__init__(", ".join(names))
        self.names = names


def new_mark() -> str:
    """A mark for a visit."""
    return secrets.token_urlsafe(MARK)[:MARK]


def new_name(mark: str = "") -> str:
    """A name that nobody can guess, for something of the visit with this mark."""
    return secrets.token_urlsafe(UNGUESSABLE)[:UNGUESSABLE] + mark


def write_whole(path: Path, write: Callable[[IO[bytes]], None]) -> os.stat_result:
    """Have `write` write a file, whole or not at all.

    OSError if the disk is full or cannot be written; what was there before is then still there.
    """
    descriptor, half_way = tempfile.mkstemp(HALF, ".", path.parent)
    try:
        with open(descriptor, "wb") as file:
            write(file)
        status = os.stat(half_way)
        os.replace(half_way, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(half_way)
        raise
    return status


def found(folder: Path, ending: str) -> Iterator[tuple[Path, os.stat_result]]:
    """The files of a folder whose names end so, but for those that another server just took away.

    Half a file of a server that was killed while it wrote is taken away first.
    """
    for half_way in folder.glob(f".*{HALF}"):
        with contextlib.suppress(FileNotFoundError):
            if half_way.stat().st_mtime < time.time() - FORGOTTEN:
                half_way.unlink()
    for path in folder.glob(f"*{ending}"):
        with contextlib.suppress(FileNotFoundError):
            yield path, path.stat()


def mark_of(name: str) -> str:
    """Who this is from; what has no mark is from somebody of its own."""
    return name[UNGUESSABLE:] or name


class Files:
    """The files of `folder`, which is made when first needed."""

    def __init__(self, folder: Path, limit: int, share: int, ending: str = ".npz") -> None:
        """`limit` bytes for all files together, `share` for those of one visit."""
        self.folder, self.limit, self.share, self.ending = folder, limit, share, ending

    def path(self, name: str) -> Path | None:
        """Where the file of that name is; None if there is none, or that is no name."""
        if not A_NAME.fullmatch(name):
            return None
        path = self._of(name)
        return path if path.is_file() else None

    def _of(self, name: str) -> Path:
        return self.folder / f"{name}{self.ending}"

    def stamp(self, name: str) -> Stamp | None:
        """What tells whether the file was written since; None if it is not there."""
        path = self.path(name)
        try:
            return _stamp(path.stat()) if path else None
        except OSError:
            return None

    def write(
        self,
        name: str,
        write: Callable[[IO[bytes]], None],
        spared: Collection[str] = (),
        may_go: Collection[str] | None = None,
    ) -> Stamp:
        """Have `write` write a file, then let those go that are too many, but none of the spared.

        `may_go` names what of this visit may go; None for anything. OSError if the disk is full or
        cannot be written, NoRoom if more of this visit would have to go; what was there before is
        then still there.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        status = write_whole(self._of(name), write)
        mark = mark_of(name)
        too_many = self.too_many(mark, spared={name, *spared})
        own = [gone for gone in too_many if mark_of(gone) == mark]
        if may_go is not None and not set(own) <= set(may_go):
            self.delete(name)
            raise NoRoom(own)
        for gone in too_many:
            self.delete(gone)
        return _stamp(status)

    def touch(self, name: str) -> None:
        """Make it the newest: it is of use."""
        with contextlib.suppress(OSError):
            os.utime(self._of(name))

    def delete(self, name: str) -> bool:
        """Take the file away; whether it was there."""
        path = self.path(name)
        if path is not None:
            path.unlink(missing_ok=True)
        return path is not None

    def too_many(self, mark: str, more: int = 0, spared: Collection[str] = ()) -> list[str]:
        """What would have to go if this visit kept so many bytes more, the first first.

        The oldest of this visit go while it has more than its share. While all together are too
        many the oldest of whoever has most goes: nobody's many or large files put out another's
        few.
        """
        there = found(self.folder, self.ending)
        files = [(path, mark_of(path.stem), status) for path, status in there]
        has = Counter({mark: more})
        for _, whose, status in files:
            has[whose] += status.st_size
        can_go = [file for file in files if file[0].stem not in spared]
        gone = list[str]()
        while can_go:
            own = [file for file in can_go if file[1] == mark] if has[mark] > self.share else []
            if not own and has.total() <= self.limit:
                break
            first = min(own or can_go, key=lambda file: (-has[file[1]], file[2].st_mtime))
            path, whose, status = first
            has[whose] -= status.st_size
            can_go.remove(first)
            gone.append(path.stem)
        return gone


def _stamp(status: os.stat_result) -> Stamp:
    return status.st_ino, status.st_mtime_ns, status.st_size
