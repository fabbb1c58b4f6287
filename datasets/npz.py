"""Reading .npz files that anybody may have made: sizes are checked before anything is unpacked."""

import math
import re
import zipfile
import zlib
from collections.abc import Collection
from typing import IO

import numpy as np

from datasets.idx import DataError

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
    r"\{'descr': '(?P<kind>\|O|[<>|]([iu][1248]|f[48]|b1|[US]\d{1,8}))', "
    r"'fortran_order': (?P<fortran>True|False), "
    r"'shape': \((?P<shape>(\d{1,18}, ?)*(\d{1,18})?)\), \} *\n"
)


def read_npz(
    file: IO[bytes], known: Collection[str], largest: int, what: str
) -> dict[str, np.ndarray]:
    """Every array in an .npz, by its name. Nothing is ever unpickled.

    DataError, one sentence, if the file is not an .npz, is damaged, holds anything but arrays of
    plain numbers or text by `known` names, or would unpack to more than `largest` bytes. `what`
    says what was expected.
    """
    if not zipfile.is_zipfile(file):
        raise DataError(f"The file is not an .npz: expected {what}.")
    file.seek(0)
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
            if not set(names) <= set(known) or len(set(names)) < len(names):
                raise DataError(f"The file is an .npz, but not {what}.")
            return {name: _array(archive, m) for name, m in zip(names, members, strict=True)}
    except DataError:
        raise
    except DAMAGE:
        raise DataError("The file is damaged: it cannot be unpacked.") from None


def _array(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> np.ndarray:
    """One array, if its head is one that NumPy writes and it has as many bytes as that says."""
    with archive.open(member) as stream:
        start = stream.read(10)
        length = int.from_bytes(start[8:10], "little")
        head = HEAD.fullmatch(stream.read(length).decode("latin-1"))
        if start[:8] != MAGIC or head is None:
            raise DataError("The file is damaged, or holds something else than plain numbers.")
        dtype = np.dtype(head["kind"])
        if dtype.hasobject:
            raise DataError("The file holds Python objects: expected plain numbers only.")
        shape = tuple(int(count) for count in head["shape"].replace(",", " ").split())
        size = math.prod(shape) * dtype.itemsize
        content = stream.read(size + 1) if size <= member.file_size else b""
    if len(content) != size:
        raise DataError("The file is damaged: an array is shorter than it says.")
    values = np.frombuffer(content, dtype)
    return values.reshape(shape, order="F" if head["fortran"] == "True" else "C")
