"""Memory that was let go of, given back to the system."""

import ctypes
import gc
import sys


def give_back() -> None:
    """Have the C library give back what it keeps for later, which after large files is much.

    A page that ran itself again leaves frames in a circle, which hold what it had in hand.
    """
    gc.collect()
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc's alone
        if trim is not None:
            trim(0)
