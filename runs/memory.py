"""The C library's memory: kept in few places, and given back to the system."""

import ctypes
import gc
import sys

ARENAS, MOST = -8, 2  # glibc's name for how many places its threads may keep memory in
# Its name for from how many bytes on something has a place of its own, which the system has back at
# once: larger than what a film has in hand, and smaller than an upload.
ALONE, LARGE = -3, 20_000_000
# Its name for how much it keeps at a place's end for later. Streamlit has threads before we are
# asked, so there are some six places by then, and told to give back, glibc leaves the ends of all
# but the first as they are. Left alone it raises both numbers by what it has seen.
KEPT, SPARE = -1, 1_000_000


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
