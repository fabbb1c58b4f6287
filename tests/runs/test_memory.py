"""The C library gives back what is large, as soon as nobody uses it."""

import ctypes
import subprocess
import sys

import pytest

LARGE_TWICE = """
import ctypes
import numpy as np
from runs.memory import keep_together

keep_together()

class Info(ctypes.Structure):
    _fields_ = [(name, ctypes.c_size_t) for name in
        "arena ordblks smblks hblks hblkhd usmblks fsmblks uordblks fordblks keepcost".split()]

info = ctypes.CDLL(None).mallinfo2
info.restype = Info
before = info().hblkhd  # bytes in places of their own
for size in (25_000_000, 24_000_000):
    upload = np.ones(size, np.uint8)
    assert info().hblkhd - before >= size, size
    del upload
    assert info().hblkhd == before
film = np.ones(16_000_000, np.uint8)
assert info().hblkhd == before
"""


@pytest.mark.skipif(
    sys.platform != "linux" or not hasattr(ctypes.CDLL(None), "mallinfo2"), reason="needs glibc"
)
def test_what_is_large_has_a_place_of_its_own_also_the_second_time_and_a_film_has_none():
    subprocess.run([sys.executable, "-c", LARGE_TWICE], check=True, timeout=120)
