"""The C library gives back what is large, as soon as nobody uses it."""

import ctypes
import subprocess
import sys

import pytest

TOLD = """
import ctypes
import resource
import threading
import numpy as np
from runs.memory import give_back, keep_together

keep_together()

class Info(ctypes.Structure):
    _fields_ = [(name, ctypes.c_size_t) for name in
        "arena ordblks smblks hblks hblkhd usmblks fsmblks uordblks fordblks keepcost".split()]

info = ctypes.CDLL(None).mallinfo2
info.restype = Info
"""
LARGE_TWICE = """
before = info().hblkhd  # bytes in places of their own
for size in (25_000_000, 24_000_000):
    upload = np.ones(size, np.uint8)
    assert info().hblkhd - before >= size, size
    del upload
    assert info().hblkhd == before
film = np.ones(16_000_000, np.uint8)
assert info().hblkhd == before
"""
A_RUN_OF_A_PAGE = """
def run():
    messages = [b"1" * 60_000 for _ in range(100)]

def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize()

before = resident()
page = threading.Thread(target=run)
page.start()
page.join()
give_back()
assert resident() - before < 3_000_000  # of the six that the page had
"""

glibc = pytest.mark.skipif(
    sys.platform != "linux" or not hasattr(ctypes.CDLL(None), "mallinfo2"), reason="needs glibc"
)


@glibc
def test_what_is_large_has_a_place_of_its_own_also_the_second_time_and_a_film_has_none():
    subprocess.run([sys.executable, "-c", TOLD + LARGE_TWICE], check=True, timeout=120)


@glibc
def test_what_a_page_let_go_of_is_given_back():
    """Only of the first of its places does the C library give back the end when it is asked to."""
    subprocess.run([sys.executable, "-c", TOLD + A_RUN_OF_A_PAGE], check=True, timeout=120)
