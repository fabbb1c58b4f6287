"""What visitors brought and have not kept yet: in memory alone, and not for long."""

import threading
import time
from collections import OrderedDict
from typing import NamedTuple

from datasets.found import TEST, Found
from datasets.idx import DataError
from datasets.one_class import of_one_class
from datasets.room import fitted
from datasets.together import Missing, Offer, are_words, together, whole
from datasets.upload import Upload
from runs.files import new_name
from runs.later import Later
from runs.memory import give_back

IN_MEMORY = 200_000_000  # bytes of all of them; the largest that can be brought take 80 million
UNUSED = 300.0  # seconds after which what nobody keeps is forgotten


class Waiting(NamedTuple):
    """All that one visitor brought so far, and what it makes."""

    found: list[Found]
    makes: Offer | Missing
    token: str  # nobody can guess it; it stays while more comes
    key: str  # of this set: another set that takes its place has another

    @property
    def bytes(self) -> int:
        """What it takes of the memory."""
        images = self.makes.images if isinstance(self.makes, Offer) else ()
        arrays = (*(one.array for one in self.found), *images)
        return sum({id(array): array.nbytes for array in arrays}.values())


class Offers:
    """What waits for a visitor's word, by tokens."""

    def __init__(self, most: int = IN_MEMORY, unused: float = UNUSED) -> None:
        self.most, self.unused = most, unused
        self._waiting: OrderedDict[str, tuple[Waiting, float]] = OrderedDict()
        self._later = Later(unused, self._forget_unused)
        self._lock = threading.Lock()

    def add(self, upload: Upload, token: str = "") -> Waiting:
        """What came just now, beside what waits under this token, in whose place it comes.

        A set that is whole takes the place of what waits. DataError if they cannot belong
        together; then what waits goes on waiting.
        """
        before = self.find(token)
        found, left_out = upload
        key = new_name()
        if before and not _is_another(found, before):
            found, key = fitted([*before.found, *found]), before.key
        elif before and isinstance(before.makes, Missing):
            left_out = (*(one.name for one in before.found), *left_out)
        token = before.token if before else new_name()
        brought = Waiting(found, together(found, left_out), token, key)
        with self._lock:
            self._waiting[token] = brought, time.monotonic()
            self._waiting.move_to_end(token)
            while len(self._waiting) > 1 and self._bytes() > self.most:
                self._waiting.popitem(last=False)
            self._later.ask()
        return brought

    def find(self, token: str) -> Waiting | None:
        """What waits under this token; None if it is forgotten."""
        with self._lock:
            if token not in self._waiting:
                return None
            brought, _ = self._waiting[token]
            self._waiting[token] = brought, time.monotonic()
            return brought

    def forget(self, token: str) -> None:
        """Let go of it."""
        with self._lock:
            self._waiting.pop(token, None)

    def _bytes(self) -> int:
        return sum(brought.bytes for brought, _ in self._waiting.values())

    def _forget_unused(self) -> None:
        with self._lock:
            for token, (_, used) in list(self._waiting.items()):
                if time.monotonic() - used >= self.unused:
                    del self._waiting[token]
            if self._waiting:
                self._later.ask()
        give_back()


def _is_another(found: list[Found], before: Waiting) -> bool:
    """Whether this is a whole set, and not what is to be tested on of the one that waits.

    Nor are files of a class each another set.
    """
    if all(one.part == TEST for one in found) or of_one_class([*before.found, *found]):
        return False
    if isinstance(before.makes, Missing):
        return whole(found) and not all(are_words(one) for one in before.found)
    try:
        return isinstance(together(found), Offer)
    except DataError:
        return False
