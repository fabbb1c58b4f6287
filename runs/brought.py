"""The digits that readers brought: whoever has their name, from its link, finds them."""

import threading
import time
from collections import OrderedDict
from pathlib import Path

import numpy as np

from datasets.digits import Digits, Images, Kind
from datasets.idx import DataError
from datasets.upload import read_keras
from runs.files import Files, new_name
from runs.later import Later
from runs.memory import give_back

LIMIT = 300_000_000  # bytes that all of them together may take on the disk; MNIST takes 10 million
SHARE = 60_000_000  # bytes that those of one visit may take
IN_MEMORY = 100_000_000  # bytes; the largest that can be brought take 80 million
UNUSED = 60.0  # seconds after which they leave memory; their files stay


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

    def keep(self, images: Images, mark: str = "") -> Digits:
        """Keep what the visit with this mark brought. OSError if it cannot be written."""
        name = new_name(mark)
        self.files.write(
            name, lambda file: np.savez_compressed(file, allow_pickle=False, **images._asdict())
        )
        with self._lock:
            return self._used(images.digits(Kind.BROUGHT, name=name))

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
                    images = read_keras(file)
                self.files.touch(name)
                return images.digits(Kind.BROUGHT, name=name)
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
