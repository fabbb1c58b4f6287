"""IDX, the file format of MNIST: a magic number, the counts, then the numbers.

Bytes 0 and 1 are 0, byte 2 is the type, byte 3 the number of dimensions; then one big-endian 32-bit
count a dimension, then the numbers, big-endian (described on MNIST's home page).
"""

import gzip
import io
import math
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import numpy as np

TYPES = {8: "u1", 9: "i1", 11: ">i2", 12: ">i4", 13: ">f4", 14: ">f8"}
GZIP_MAGIC = b"\x1f\x8b"
MOST_NUMBERS = 1_000_000_000  # EMNIST's images are 547 million; a header may claim anything
PIECE = 1 << 16  # bytes that are unpacked at a time


class DataError(ValueError):
    """A file that cannot be used; its text is one sentence for the reader."""

    def __init__(self, sentence: str, code: str = "") -> None:
        """`code` are lines that a reader can run on a machine of their own."""
        super().__init__(sentence)
        self.code = code


def read_idx(path: Path, dimensions: int) -> np.ndarray:
    """The array of bytes in an IDX file, gzipped or not: uint8, read-only.

    Images have 3 dimensions (count, rows, columns), labels 1. DataError if the file is missing,
    cut short, too long, or not IDX of that many dimensions.
    """
    try:
        with path.open("rb") as file, _whole(path.name):
            gzipped = file.read(2) == GZIP_MAGIC
            file.seek(0)
            idx = IdxFile(path.name, gzip.GzipFile(fileobj=file) if gzipped else file)
            if idx.dtype != np.uint8 or len(idx.shape) != dimensions:
                raise DataError(
                    f"{path.name}: expected bytes in {dimensions} dimensions, but it has "
                    f"{idx.dtype} in {len(idx.shape)}."
                )
            return idx.read()
    except OSError as error:
        raise DataError(f"{path.name}: could not be read ({error.strerror}).") from error


@contextmanager
def _whole(name: str) -> Iterator[None]:
    try:
        yield
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise DataError(
            f"{name}: the gzip file is cut short or damaged: download it again."
        ) from error


class IdxFile:
    """An IDX file whose header was read, and nothing else yet."""

    def __init__(self, name: str, file: IO[bytes] | io.BufferedIOBase) -> None:
        """DataError as for `read_idx`."""
        self.name, self._file = name, file
        self.dtype, self.shape = self._header()

    @property
    def size(self) -> int:
        """The bytes that its header promises."""
        return math.prod(self.shape) * self.dtype.itemsize

    def _header(self) -> tuple[np.dtype, tuple[int, ...]]:
        start = self._file.read(4)
        if len(start) < 4 or not is_idx(start):
            raise DataError(
                f"{self.name}: expected an IDX file, which starts as 00 00 08 03 does, but it "
                f"starts with {start.hex(' ') or 'nothing'}."
            )
        dimensions = start[3]
        counts = self._file.read(4 * dimensions)
        if len(counts) < 4 * dimensions:
            raise DataError(
                f"{self.name}: is cut short, for it ends within its header: download it again."
            )
        shape = tuple(np.frombuffer(counts, ">u4").tolist())
        if not 0 < math.prod(shape) <= MOST_NUMBERS:
            raise DataError(
                f"{self.name}: its header promises {shape}, which is no usable size: download it "
                "again, or bring another."
            )
        return np.dtype(TYPES[start[2]]), shape

    def read(self) -> np.ndarray:
        """The array, read-only, with no more memory than it takes itself."""
        data, size = filled(self._file, self.size)
        self._check_end(size)
        return data.view(self.dtype).reshape(self.shape)

    def pieces(self) -> Iterator[np.ndarray]:
        """Its numbers in order, some at a time."""
        done = 0
        for piece in pieces_of(self._file, self.size, self.dtype):
            done += piece.nbytes
            yield piece
        self._check_end(done)

    def _check_end(self, size: int) -> None:
        if size < self.size:
            raise DataError(
                f"{self.name}: is cut short, for only {size:,} of the {self.size:,} bytes of data "
                "that its header promises can be read: download it again."
            )
        if self._file.read(1):
            raise DataError(
                f"{self.name}: has more data than the {self.size:,} bytes its header promises: "
                "download it again."
            )


def is_idx(start: bytes) -> bool:
    """Whether a file that starts like this is IDX."""
    return start[:2] == b"\0\0" and start[2] in TYPES and 1 <= start[3] <= 4


def filled(file: IO[bytes] | io.BufferedIOBase, size: int) -> tuple[np.ndarray, int]:
    """An array of the next `size` bytes of a file, read-only, and how many of them there were."""
    data, done = np.empty(size, np.uint8), 0
    for piece in pieces_of(file, size, np.dtype(np.uint8)):
        data[done : done + len(piece)] = piece
        done += len(piece)
    data.flags.writeable = False
    return data, done


def pieces_of(
    file: IO[bytes] | io.BufferedIOBase, size: int, dtype: np.dtype
) -> Iterator[np.ndarray]:
    """The numbers in the next `size` bytes of a file; fewer where it ends before."""
    done, rest = 0, b""
    while done < size:
        try:
            piece = file.read(min(PIECE, size - done))
        except EOFError:  # what it is packed in was cut short
            return
        if not piece:
            return
        done += len(piece)
        rest += piece
        whole = len(rest) // dtype.itemsize * dtype.itemsize
        yield np.frombuffer(rest[:whole], dtype)
        rest = rest[whole:]
