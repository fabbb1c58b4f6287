"""What is kept for whoever asks for the same: so many bytes of it, what was asked for last."""

import pickle
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


def size(thing: Any) -> int | None:
    """The bytes that a thing takes, about; None if another thread adds to it at the moment."""
    arrays: list[pickle.PickleBuffer] = []  # which are not copied to be counted
    try:
        rest = pickle.dumps(thing, pickle.HIGHEST_PROTOCOL, buffer_callback=arrays.append)
    except RuntimeError:  # "dictionary changed size during iteration"
        return None
    return len(rest) + sum(array.raw().nbytes for array in arrays)


class Kept(Generic[T]):
    """Things by what they are asked for, all together no larger than so many bytes.

    Nobody waits while another's is made, and what is needed stays and does not count.
    """

    def __init__(
        self,
        most: int,
        size: Callable[[T], int | None] = size,
        needed: Callable[[T], bool] = lambda thing: False,
    ) -> None:
        """`needed` is what still changes, or what somebody waits for.

        `size` may be None for what cannot be measured at the moment: it is asked again.
        """
        self._most, self._size, self._needed = most, size, needed
        self._things: OrderedDict[Hashable, T] = OrderedDict()  # what was asked for last is last
        self._sizes: dict[Hashable, int] = {}
        self._lock = threading.Lock()

    def get(self, asked: Hashable, make: Callable[[], T]) -> T:
        """The thing of that key, made if it is not here; the same for all who ask."""
        with self._lock:
            if asked in self._things:
                self._things.move_to_end(asked)
                return self._things[asked]
        made = make()
        with self._lock:
            thing = self._things.setdefault(asked, made)
            self._make_room()
            return thing

    @property
    def bytes(self) -> int:
        """What all takes that is not needed at the moment."""
        with self._lock:
            return self._measure()

    def _measure(self) -> int:
        for asked, thing in self._things.items():
            if self._needed(thing):
                self._sizes.pop(asked, None)
            elif asked not in self._sizes and (size := self._size(thing)) is not None:
                self._sizes[asked] = size
        return sum(self._sizes.values())

    def _make_room(self) -> None:
        """Let the oldest go that has been measured; the newest stays, however large."""
        total = self._measure()
        for asked in list(self._things)[:-1]:
            if total <= self._most:
                return
            if asked in self._sizes:
                total -= self._sizes.pop(asked)
                del self._things[asked]
