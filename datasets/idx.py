"""IDX, the file format of MNIST: a magic number, the counts, then one byte a number.

Bytes 0 and 1 are 0, byte 2 is the type (8 for unsigned bytes), byte 3 the number of dimensions;
then one big-endian 32-bit count a dimension, then the data (described on MNIST's home page).
"""

import gzip
import math
import zlib
from pathlib import Path
from typing import BinaryIO

import numpy as np

UNSIGNED_BYTES = 8
GZIP_MAGIC = b"\x1f\x8b"
MOST_NUMBERS = 200_000_000  # MNIST's 60,000 images are 47 million; a header may claim anything


class DataError(ValueError):
    """A file that cannot be used; its text is one sentence for the reader."""


def read_idx(path: Path, dimensions: int) -> np.ndarray:
    """The array in an IDX file, gzipped if its name ends in .gz: uint8, read-only.

    Images have 3 dimensions (count, rows, columns), labels 1. DataError if the file is missing,
    not gzip, cut short, too long, or not IDX of that many dimensions.
    """
    try:
        with path.open("rb") as file:
            if path.suffix != ".gz":
                return _read(file, path.name, dimensions)
            if file.peek(2)[:2] != GZIP_MAGIC:
                raise DataError(f"{path.name}: expected a gzip file, but it is not one.")
            with gzip.open(file) as unpacked:
                return _read(unpacked, path.name, dimensions)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise DataError(f"{path.name}: the gzip file is cut short or damaged.") from error
    except OSError as error:
        raise DataError(f"{path.name}: could not be read ({error.strerror}).") from error


def _read(file: BinaryIO | gzip.GzipFile, name: str, dimensions: int) -> np.ndarray:
    magic = bytes([0, 0, UNSIGNED_BYTES, dimensions])
    start = file.read(4)
    if start != magic:
        raise DataError(
            f"{name}: expected an IDX file that starts with {magic.hex(' ')}, "
            f"but it starts with {start.hex(' ') or 'nothing'}."
        )
    counts = file.read(4 * dimensions)
    if len(counts) < 4 * dimensions:
        raise DataError(f"{name}: cut short: the file ends within its header.")
    shape = tuple(np.frombuffer(counts, ">u4").tolist())
    size = math.prod(shape)
    if not 0 < size <= MOST_NUMBERS:
        raise DataError(f"{name}: its header promises {shape}, which is no usable size.")
    data = file.read(size + 1)
    if len(data) < size:
        raise DataError(
            f"{name}: cut short: its header promises {size:,} bytes of data, it has {len(data):,}."
        )
    if len(data) > size:
        raise DataError(f"{name}: has more data than the {size:,} bytes its header promises.")
    return np.frombuffer(data, np.uint8).reshape(shape)
