"""Reads weights that people bring, as .npz or .safetensors: told by what is in the file.

What it promises is checked before anything is unpacked. A pickle is never opened.
"""

import io
import zipfile
from typing import IO, NamedTuple

import numpy as np
from safetensors import SafetensorError, deserialize

from datasets.conversions import hdf5_weights, pickled_weights
from datasets.found import said
from datasets.idx import DataError
from datasets.kinds import HDF5, OLD_TORCH, is_pickle
from datasets.npz import DAMAGE, HoldsObjects, check_directory, open_npz

LARGEST = 25_000_000  # bytes; three layers of 512 units on 64×64 pixels take 21 million as float64
MOST_HEAD = 100_000  # bytes of what a .safetensors says of its arrays; of ten of them a thousand
MOST_ARRAYS = 20  # four layers have eight
FLOATS = "floating-point numbers of 16, 32 or 64 bits"
BFLOAT16 = "BF16"  # which NumPy lacks: the upper half of a float32
KINDS = {"F64": "<f8", "F32": "<f4", "F16": "<f2", BFLOAT16: "<u2"}
EXPECTED = "expected a run that Glassbox saved, or weights"
NEITHER = f"The file is not an .npz or a .safetensors: {EXPECTED}."


class Saved(NamedTuple):
    """The arrays of a network, by their names, as a file has them."""

    arrays: dict[str, np.ndarray]  # of one or two dimensions, floating point
    in_order: bool  # whether they lie in the order in which they were saved


def read_weights(name: str, file: IO[bytes]) -> Saved:
    """The arrays in a file of that name, which may be anything.

    DataError, one sentence, with lines that convert it where it is a pickle or HDF5.
    """
    file.seek(0)
    head = file.read(16)
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    header = int.from_bytes(head[:8], "little")  # its length, if this is a .safetensors
    safe = head[8:9] == b"{"
    if head.startswith(HDF5):
        raise hdf5_weights(said(name))
    if is_pickle(head) and not (safe and header <= MOST_HEAD):  # 640 begins as a pickle does
        raise pickled_weights(said(name), torch=head.startswith(OLD_TORCH))
    if head.startswith(b"PK"):
        saved = Saved(_zipped(name, file), in_order=True)
    elif safe:
        saved = Saved(_safetensors(file, header, size), in_order=False)
    else:
        raise DataError(NEITHER)
    return saved


def _zipped(name: str, file: IO[bytes]) -> dict[str, np.ndarray]:
    if not zipfile.is_zipfile(file):
        raise DataError(NEITHER)
    check_directory(file, "The file")
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.namelist()
    except DAMAGE:
        raise DataError("The file is damaged: it cannot be unpacked.") from None
    if any(member.endswith("data.pkl") for member in members):
        raise pickled_weights(said(name), torch=True)
    if any(member.endswith(".h5") for member in members):
        raise hdf5_weights(said(name))
    if not members or not all(member.endswith(".npy") for member in members):
        raise DataError(NEITHER)
    try:
        with open_npz(file, None, LARGEST, "weights") as npz:
            _check_number(len(npz.heads))
            for array, head in npz.heads.items():
                _check(array, head.dtype, head.shape)
            return {array: npz.read(array) for array in npz.heads}
    except HoldsObjects:
        raise pickled_weights(said(name), torch=False, within=True) from None


def _safetensors(file: IO[bytes], head: int, size: int) -> dict[str, np.ndarray]:
    if head > MOST_HEAD:
        raise DataError(
            f"The file's header would take {head:,} bytes: expected at most {MOST_HEAD:,}."
        )
    if size > LARGEST:
        raise DataError(
            f"The file has {size / 1e6:,.0f} MB: {EXPECTED}, at most {LARGEST / 1e6:,.0f} MB."
        )
    try:
        found = deserialize(file.read())  # type: ignore[no-untyped-call]
        arrays = {name: _of(name, **array) for name, array in found}
    except SafetensorError:
        raise DataError("The file is damaged, or cut short: download it again.") from None
    _check_number(len(arrays))
    for name, array in arrays.items():
        _check(name, array.dtype, array.shape)
    return arrays


def _of(name: str, dtype: str, shape: list[int], data: bytes) -> np.ndarray:
    """An array of a .safetensors, bfloat16 as the float32 that it is a half of."""
    if dtype not in KINDS:
        raise DataError(f"The file has {said(name)} of {dtype}: expected {FLOATS}.")
    array = np.frombuffer(data, KINDS[dtype]).reshape(shape)
    return (array.astype(np.uint32) << 16).view(np.float32) if dtype == BFLOAT16 else array


def _check_number(arrays: int) -> None:
    if not 0 < arrays <= MOST_ARRAYS:
        raise DataError(f"The file has {arrays:,} arrays: {EXPECTED} of dense layers.")


def _check(name: str, dtype: np.dtype, shape: tuple[int, ...]) -> None:
    """DataError unless an array can be the weights or the biases of a dense layer."""
    if len(shape) not in (1, 2) or not all(shape):
        raise DataError(
            f"The file has {said(name)} {shape}: expected arrays of one or two dimensions, as "
            "dense layers have."
        )
    if dtype.kind != "f":
        raise DataError(f"The file has {said(name)} of {dtype}: expected {FLOATS}.")
