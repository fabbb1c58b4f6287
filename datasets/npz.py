"""Reading .npz files that anybody may have made: sizes are checked before anything is unpacked."""

import zipfile
import zlib
from collections.abc import Collection
from typing import IO

import numpy as np

from datasets.idx import DataError


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
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
        raise DataError("The file is damaged: it cannot be unpacked.") from None


def _array(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> np.ndarray:
    """One array, if its head promises no more than there is."""
    try:
        with archive.open(member) as stream:
            version = np.lib.format.read_magic(stream)
            shape, _, dtype = np.lib.format.read_array_header_1_0(stream)
    except ValueError:
        raise DataError("The file is damaged: one of its arrays has no head.") from None
    if dtype.hasobject:
        raise DataError("The file holds Python objects: expected plain numbers only.")
    promised = int(np.prod(shape, dtype=object)) * dtype.itemsize
    if version != (1, 0) or promised > member.file_size:
        raise DataError("The file is damaged: an array is shorter than it says.")
    try:
        with archive.open(member) as stream:
            return np.lib.format.read_array(stream, allow_pickle=False)
    except ValueError:
        raise DataError("The file is damaged: an array is shorter than it says.") from None
