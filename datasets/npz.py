"""Reading .npz files that anybody may have made: sizes are checked before anything is unpacked."""

import io
import math
import re
import zipfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import IO, NamedTuple

import numpy as np

from datasets.idx import DataError, filled, pieces_of

# What zipfile raises for an archive that is none, or not whole.
DAMAGE = (
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
)
# The head of an array as NumPy writes it (format 1.0). NumPy's own reader evaluates it as Python.
MAGIC = b"\x93NUMPY\x01\x00"
HEAD = re.compile(
    r"\{'descr': '(?P<kind>\|O|[<>|]([iu][1248]|f[248]|b1|[US]\d{1,8}))', "
    r"'fortran_order': (?P<fortran>True|False), "
    r"'shape': \((?P<shape>(\d{1,18}, ?)*(\d{1,18})?)\), \} *\n"
)


MOST_DIRECTORY = 2_000_000  # bytes of a list of members; a member takes some hundred
END, END_64 = b"PK\5\6", b"PK\6\6"  # with what the end of that list begins, and that of a large one


class HoldsObjects(DataError):
    """An array of Python objects, which is a pickle."""


class Head(NamedTuple):
    """What an array's file says of it, before its numbers."""

    dtype: np.dtype
    shape: tuple[int, ...]
    fortran: bool  # whether its numbers come column after column

    @property
    def bytes(self) -> int:
        """What its numbers take."""
        return self.numbers * self.dtype.itemsize

    @property
    def numbers(self) -> int:
        """How many numbers there are."""
        return math.prod(self.shape)

    def in_order(self, numbers: np.ndarray) -> np.ndarray:
        """These numbers, which are as they lie in the file, in the array's shape."""
        return numbers.reshape(-1).reshape(self.shape, order="F" if self.fortran else "C")


class Npz:
    """An open .npz: what it has is known by the arrays' heads, and each is read when asked for."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._members = {
            member.filename.removesuffix(".npy"): member for member in archive.infolist()
        }
        self.heads: dict[str, Head] = {}
        for name, member in self._members.items():
            with archive.open(member) as stream:
                self.heads[name] = head_of(stream)
                if stream.tell() + self.heads[name].bytes != member.file_size:
                    raise _not_whole(name)

    def read(self, name: str) -> np.ndarray:
        """One array, if it has as many bytes as its head says."""
        head = self.heads[name]
        with self._archive.open(self._members[name]) as stream:
            head_of(stream)
            content, done = filled(stream, head.bytes)
            if done != head.bytes or stream.read(1):
                raise _not_whole(name)
        return head.in_order(content.view(head.dtype))

    def pieces(self, name: str) -> Iterator[np.ndarray]:
        """The numbers of one array as they lie in the file, some at a time."""
        with self._archive.open(self._members[name]) as stream:
            yield from npy_pieces(name, head_of(stream), stream)


def npy_pieces(
    name: str, head: Head, stream: IO[bytes] | io.BufferedIOBase
) -> Iterator[np.ndarray]:
    """The numbers that come after a head, some at a time. DataError if they are not as many."""
    done = 0
    for piece in pieces_of(stream, head.bytes, head.dtype):
        done += piece.nbytes
        yield piece
    if done != head.bytes or stream.read(1):
        raise _not_whole(name)


def check_directory(file: IO[bytes], name: str, most: int = MOST_DIRECTORY) -> None:
    """DataError if a .zip lists so many members that the list alone would fill the memory."""
    file.seek(0, io.SEEK_END)
    file.seek(max(0, file.tell() - (1 << 16) - 200))
    tail = file.read()
    file.seek(0)
    size = 0
    for end, at, length in ((END, 12, 4), (END_64, 40, 8)):
        place = tail.rfind(end)
        told = int.from_bytes(tail[place + at : place + at + length], "little")
        if place >= 0 and told != 2**32 - 1:
            size = max(size, told)
    if size > most:
        raise DataError(f"{name}: has far too many files in it: expected fewer.")


def _not_whole(name: str) -> DataError:
    return DataError(
        f"The file is damaged, an array is shorter than it says ({name}): download it again."
    )


@contextmanager
def open_npz(
    file: IO[bytes], known: Collection[str] | None, largest: int, what: str
) -> Iterator[Npz]:
    """An .npz that may be anything; nothing of it is unpacked but the arrays' heads.

    DataError, one sentence, if the file is not an .npz, is damaged, holds anything but arrays of
    plain numbers or text by `known` names (None for any), or would unpack to more than
    `largest` bytes. `what` says what was expected.
    """
    if not zipfile.is_zipfile(file):
        raise DataError(f"The file is not an .npz: expected {what}.")
    check_directory(file, "The file")
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            size = sum(member.file_size for member in members)
            if size > largest:
                raise DataError(
                    f"The file would unpack to {size / 1e6:,.0f} MB: expected {what}, at most "
                    f"{largest / 1e6:,.0f} MB."
                )
            names = [member.filename.removesuffix(".npy") for member in members]
            foreign = known is not None and not set(names) <= set(known)
            if foreign or len(set(names)) < len(names):
                raise DataError(f"The file is an .npz, but not {what}.")
            yield Npz(archive)
    except DataError:
        raise
    except DAMAGE:
        raise DataError("The file is damaged: it cannot be unpacked.") from None


def read_npz(
    file: IO[bytes], known: Collection[str], largest: int, what: str
) -> dict[str, np.ndarray]:
    """Every array in an .npz, by its name, if it is one that `open_npz` opens."""
    with open_npz(file, known, largest, what) as npz:
        return {name: npz.read(name) for name in npz.heads}


def head_of(stream: IO[bytes] | io.BufferedIOBase) -> Head:
    """An array's head, if it is one that NumPy writes."""
    start = stream.read(10)
    length = int.from_bytes(start[8:10], "little")
    head = HEAD.fullmatch(stream.read(length).decode("latin-1"))
    if start[:8] != MAGIC or head is None:
        raise DataError("The file is damaged, or holds something else than plain numbers.")
    dtype = np.dtype(head["kind"])
    if dtype.hasobject:
        raise HoldsObjects("The file holds Python objects: expected plain numbers only.")
    shape = tuple(int(count) for count in head["shape"].replace(",", " ").split())
    return Head(dtype, shape, head["fortran"] == "True")
