"""The digits that readers brought: whoever has their name, from its link, finds them."""

import threading
import time
import zlib
from collections import OrderedDict
from collections.abc import Collection
from pathlib import Path
from typing import IO

import numpy as np

from datasets.digits import Digits, Images, Kind, Subject
from datasets.idx import DataError
from datasets.npz import open_npz
from runs.files import Files, new_name
from runs.later import Later
from runs.memory import give_back
from runs.subjects import as_text, from_text

LIMIT = 300_000_000  # bytes that all of them together may take on the disk; MNIST takes 10 million
SHARE = 60_000_000  # bytes that those of one visit may take
IN_MEMORY = 100_000_000  # bytes; the largest that can be brought take 80 million
LARGEST = 90_000_000  # bytes that a file of them unpacks to; with labels and names
LOOKED_AT = 200  # images, which tell how far all of them can be compressed
UNUSED = 60.0  # seconds after which they leave memory; their files stay
SUBJECT = "subject"  # in a file: its text as bytes; older ones have none
USUAL = Subject.of(Kind.BROUGHT)
KNOWN = (*Images._fields, SUBJECT)


class Brought:
    """Digits by their names, as files, and for a while in memory."""

    def __init__(
        self, folder: Path, limit: int = LIMIT, share: int = SHARE, unused: float = UNUSED
    ) -> None:
        """`folder` is made when first needed."""
        self.files, self.unused = Files(folder, limit, share), unused
        self._loaded: OrderedDict[str, tuple[Digits, float]] = OrderedDict()  # and when last used
        self._later = Later(unused, self._forget_unused)
        self._lock = threading.Lock()  # two large sets that are read at once would not both fit

    def keep(
        self,
        images: Images,
        mark: str = "",
        subject: Subject = USUAL,
        may_go: Collection[str] | None = None,
    ) -> Digits:
        """Keep what the visit with this mark brought; `may_go` names what of it may make room.

        OSError if it cannot be written, NoRoom if more would have to go; None for anything.
        """
        name = new_name(mark)
        about = {SUBJECT: np.frombuffer(as_text(subject).encode(), np.uint8)}
        self.files.write(
            name,
            lambda file: np.savez_compressed(file, allow_pickle=False, **images._asdict(), **about),
            may_go=may_go,
        )
        with self._lock:
            return self._used(_named(images, subject, name))

    def would_go(self, images: Images, mark: str) -> list[str]:
        """What would have to go, as far as a look at some of the images tells, to keep these."""
        return self.files.too_many(mark, packed_size(images))

    def has(self, name: str) -> bool:
        """Whether the digits of that name are here."""
        return self.files.path(name) is not None

    def find(self, name: str) -> Digits | None:
        """The digits of that name, None if they are not here any more."""
        if self.files.path(name) is None:
            return None
        with self._lock:
            if name in self._loaded:
                return self._used(self._loaded[name][0])
            digits = self._read(name)
            return digits and self._used(digits)

    def _read(self, name: str) -> Digits | None:
        path = self.files.path(name)
        try:
            if path is not None:
                with path.open("rb") as file:
                    images, subject = _read_kept(file)
                self.files.touch(name)
                return _named(images, subject, name)
        except (DataError, OSError):
            pass
        return None

    def delete(self, name: str) -> bool:
        """Take them away; whether they were there. OSError if they cannot be."""
        with self._lock:
            self._loaded.pop(name, None)
        return self.files.delete(name)

    def _used(self, digits: Digits) -> Digits:
        """These digits, in memory; what was not used for long, and the oldest, make room."""
        self._loaded[digits.name] = digits, time.monotonic()
        self._loaded.move_to_end(digits.name)
        while len(self._loaded) > 1 and self._bytes() > IN_MEMORY:
            self._loaded.popitem(last=False)
        self._later.ask()
        return digits

    def _bytes(self) -> int:
        return sum(digits.bytes for digits, _ in self._loaded.values())

    def _forget_unused(self) -> None:
        with self._lock:
            for name, (_, used) in list(self._loaded.items()):
                if time.monotonic() - used >= self.unused:
                    del self._loaded[name]
            if self._loaded:
                self._later.ask()
        give_back()


def packed_size(images: Images) -> int:
    """About how many bytes images take as they are kept, told by some of them."""
    size = 0
    for x in (images.x_train, images.x_test):
        some = np.ascontiguousarray(x[:: -(-len(x) // LOOKED_AT)])
        size += len(zlib.compress(some.data)) * len(x) // len(some)
    return size


def _named(images: Images, subject: Subject, name: str) -> Digits:
    return images.digits(Kind.BROUGHT, "", name, subject.title, subject.classes)


def _read_kept(file: IO[bytes]) -> tuple[Images, Subject]:
    """What `Brought.keep` wrote. DataError if it is anything else."""
    with open_npz(file, KNOWN, LARGEST, "images that were brought") as npz:
        text = bytes(npz.read(SUBJECT)).decode() if SUBJECT in npz.heads else ""
        if not npz.heads.keys() >= set(Images._fields):
            raise DataError("The file lacks some of its images or labels.")
        arrays = {name: npz.read(name) for name in Images._fields}
    images, subject = Images(**arrays), from_text(Kind.BROUGHT, text)
    for x, y in ((images.x_train, images.y_train), (images.x_test, images.y_test)):
        sound = x.dtype == y.dtype == np.uint8 and x.shape == (len(y), subject.side, subject.side)
        if not sound or not len(y) or y.max() >= len(subject.classes):
            raise DataError("The file's images and labels do not fit together.")
    return images, subject
