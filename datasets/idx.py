"""IDX, the file format of MNIST: a magic number, the counts, then one byte a number.

Bytes 0 and 1 are 0, byte 2 is the type (8 for unsigned bytes), byte 3 the number of dimensions;
then one big-endian 32-bit count a dimension, then the data (described on MNIST's home page).
"""

import gzip
import math
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import numpy as np

UNSIGNED_BYTES = 8
GZIP_MAGIC = b"\x1f\x8b"
MOST_NUMBERS = 200_000_000  # MNIST's 60,000 images are 47 million; a header may claim anything
PIECE = 1 << 20  # bytes that are unpacked at a time


class DataError(ValueError):
    """A file that cannot be used; its text is one sentence for the reader."""


def read_idx(path: Path, dimensions: int) -> np.ndarray:
    """The array in an IDX file, gzipped if its name ends in .gz: uint8, read-only.

    Images have 3 dimensions (count, rows, columns), labels 1. DataError if the file is missing,
    not gzip, cut short, too long, or not IDX of that many dimensions.
    """
    try:
        with path.open("rb") as file:
            return IdxFile(path.name, file, dimensions).read()
    except OSError as error:
        raise DataError(f"{path.name}: could not be read ({error.strerror}).") from error


class IdxFile:
    """An IDX file whose header was read, and nothing else yet."""

    def __init__(self, name: str, file: IO[bytes], dimensions: int) -> None:
        """`file` is gzipped if `name` ends in .gz. DataError as for `read_idx`."""
        self.name = name
        if name.endswith(".gz"):
            if file.read(2) != GZIP_MAGIC:
                raise DataError(f"{name}: expected a gzip file, but it is not one.")
            file.seek(0)
        self._file = gzip.GzipFile(fileobj=file) if name.endswith(".gz") else file
        with self._whole():
            self.shape = self._header(dimensions)

    @property
    def size(self) -> int:
        """The bytes that its header promises."""
        return math.prod(self.shape)

    def _header(self, dimensions: int) -> tuple[int, ...]:
        magic = bytes([0, 0, UNSIGNED_BYTES, dimensions])
        start = self._file.read(4)
        if start != magic:
            raise DataError(
                f"{self.name}: expected an IDX file that starts with {magic.hex(' ')}, "
                f"but it starts with {start.hex(' ') or 'nothing'}."
            )
        counts = self._file.read(4 * dimensions)
        if len(counts) < 4 * dimensions:
            raise DataError(f"{self.name}: cut short: the file ends within its header.")
        shape = tuple(np.frombuffer(counts, ">u4").tolist())
        if not 0 < math.prod(shape) <= MOST_NUMBERS:
            raise DataError(f"{self.name}: its header promises {shape}, which is no usable size.")
        return shape

    def read(self) -> np.ndarray:
        """The array, read-only, with no more memory than it takes itself."""
        with self._whole():
            data, size = filled(self._file, self.size)
            if size < self.size:
                raise DataError(
                    f"{self.name}: cut short: its header promises {self.size:,} bytes of data, "
                    f"it has {size:,}."
                )
            if self._file.read(1):
                raise DataError(
                    f"{self.name}: has more data than the {self.size:,} bytes its header promises."
                )
        return data.reshape(self.shape)

    @contextmanager
    def _whole(self) -> Iterator[None]:
        try:
            yield
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise DataError(f"{self.name}: the gzip file is cut short or damaged.") from error


def filled(file: IO[bytes] | gzip.GzipFile, size: int) -> tuple[np.ndarray, int]:
    """An array of the next `size` bytes of a file, read-only, and how many of them there were."""
    data, done = np.empty(size, np.uint8), 0
    while done < size:
        piece = file.read(min(PIECE, size - done))
        if not piece:
            break
        data[done : done + len(piece)] = np.frombuffer(piece, np.uint8)
        done += len(piece)
    data.flags.writeable = False
    return data, done
