"""The digits of this process, looked for once for all who ask, and nobody waits for another."""

import functools
import threading
import time
from collections.abc import Callable, Iterator

from datasets.digits import Digits, bundled_digits
from datasets.download import Progress as Report
from datasets.mnist import find_digits
from runs.work import HowFar, Tell, Work


class Shelf:
    """MNIST, or what there is in its place. Looking for it, with its download, is slow work."""

    def __init__(self, find: Callable[[Report], Digits] = find_digits) -> None:
        """`find` finds digits, and says how far a download is; it never fails.

        The search begins when somebody asks.
        """
        self._find = find
        self._so_far: Digits | None = None  # what was found the time before
        self._search: Work[Digits] | None = None
        self._began = 0.0
        self._lock = threading.Lock()

    def _look(self, tell: Tell) -> Iterator[Digits]:
        def report(name: str, share: float) -> None:
            tell(HowFar(share, f"Downloading {name}", f"{share:.0%}"))

        tell(HowFar(0.0, "Looking for MNIST"))
        found = self._find(report)
        tell(HowFar(1.0, "Looking for MNIST"))
        yield found

    def _searching(self) -> Work[Digits]:
        with self._lock:
            if self._search is None:
                self._search, self._began = Work(self._look), time.monotonic()
                self._search.go_on()
            return self._search

    @property
    def looking(self) -> bool:
        """Whether it is not known yet which digits there are."""
        return self._searching().numbers is None

    @property
    def looking_again(self) -> bool:
        """Whether there is something from the time before while MNIST is looked for."""
        return self.looking and self._so_far is not None

    @property
    def how_far(self) -> HowFar:
        """How far looking for them is."""
        return self._searching().how_far

    def digits(self, patience: float = 0.0) -> Digits:
        """The digits that were found; until then those of the time before, or the bundled ones.

        Who asks within `patience` seconds from the beginning of a search waits for its end until
        then; later nobody waits.
        """
        search = self._searching()
        if search.numbers is None:
            search.wait(max(0.0, self._began + patience - time.monotonic()))
        return search.numbers or self._so_far or bundled()

    def look_again(self) -> None:
        """Look anew, for instance because a reader brought MNIST."""
        so_far = self.digits()
        with self._lock:
            self._so_far, self._search = so_far, None


_shelf = Shelf()


def shelf() -> Shelf:
    """The one of this process."""
    return _shelf


@functools.cache
def bundled() -> Digits:
    """The bundled digits, read once."""
    return bundled_digits()
