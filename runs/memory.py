"""The C library's memory: kept in few places, and given back to the system."""

import ctypes
import gc
import sys

ARENAS, MOST = -8, 2  # glibc's name for how many places its threads may keep memory in
# Its names for from how many bytes on something has a place of its own, which the system has back
# at once, and for how much it keeps at a place's end for later. The one is larger than what a film
# has in hand, and smaller than an upload; left alone glibc raises both by what it has seen.
ALONE, LARGE = -3, 20_000_000
KEPT, SPARE = -1, 8_000_000


def keep_together() -> None:
    """Have the C library keep what threads let go of in few places, where others find it again.

    Every run of a page is a thread of its own, and each place keeps what it once needed. What is
    large goes back to the system.
    """
    _call("mallopt", ARENAS, MOST)
    _call("mallopt", ALONE, LARGE)
    _call("mallopt", KEPT, SPARE)


def give_back() -> None:
    """Have the C library give back what it keeps for later, which after large files is much.

    A page that ran itself again leaves frames in a circle, which hold what it had in hand.
    """
    gc.collect()
    _call("malloc_trim", 0)


def _call(name: str, *numbers: int) -> None:
    """A function of glibc's; nothing where there is another C library."""
    if sys.platform == "linux" and (function := getattr(ctypes.CDLL(None), name, None)) is not None:
        function(*numbers)
