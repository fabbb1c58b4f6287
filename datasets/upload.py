"""Reads whatever people bring: files are told by what is in them, archives are looked into.

What they promise is checked before it is unpacked, and no more of it is than there is room for.
"""

import io
from collections.abc import Iterable
from typing import IO, NamedTuple, cast

import numpy as np

from datasets.archives import (
    Stream,
    Summed,
    in_memory,
    is_npz,
    tar_members,
    unpacked,
    whole,
    zip_members,
)
from datasets.found import EXPECTED, Found, NotData, Room, idx_sum, part_of, said, side_of
from datasets.idx import DataError, IdxFile
from datasets.kinds import HEAD, PACKED, FileKind, kind_of, objects, pictures
from datasets.npz import HoldsObjects, head_of, npy_pieces, open_npz
from datasets.pixels import as_images
from datasets.tables import read_table

BUFFER = 1 << 16
DEEPEST = 3  # a .gz in a .zip in a .zip; what lies deeper was made to be a nuisance
LARGEST_NPZ = 1_000_000_000  # bytes; as float64 MNIST takes 440 million
LARGEST_WITHIN = 200_000_000  # bytes of a .zip that lies in another archive
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp")
A_RUN = {"format", "config", "theta"}  # what a file of ours has that is a run

File = IO[bytes] | io.BufferedIOBase


class Upload(NamedTuple):
    """What files have that came together."""

    found: list[Found]
    left_out: tuple[str, ...] = ()  # files that are of no use here


def read_upload(files: Iterable[tuple[str, IO[bytes]]]) -> Upload:
    """All images and labels in the files that came together, each with its name.

    What is of no use here may lie beside what is, as in an archive. DataError, one sentence, if
    nothing is of use, or something is damaged or too large.
    """
    room, found, useless = Room(), list[Found](), dict[str, NotData]()
    for name, file in files:
        try:
            found += _read(said(name), file, room, 0)
        except NotData as why:
            useless[said(name)] = why
    if useless and not found:
        raise next(iter(useless.values()))
    return Upload(found, tuple(useless))


def _read(name: str, file: File, room: Room, depth: int) -> list[Found]:
    if depth > DEEPEST:
        raise DataError(f"{name}: lies in too many archives: unpack it first.")
    with whole(name):
        summed = Summed(name, file)
        stream = io.BufferedReader(summed, BUFFER)
        kind = kind_of(name, stream.peek(HEAD)[:HEAD])
        if kind in PACKED:
            found = _read(name, unpacked(kind, stream), room, depth + 1)
            stream.read()
            return _with_sum(found, summed.sum)
        match kind:
            case FileKind.ZIP:
                return _zip(name, file, stream, room, depth)
            case FileKind.TAR:
                return _all_of(name, tar_members(name, stream), room, depth)
            case FileKind.IDX:
                return _with_sum([_idx(name, stream, room)], summed.sum)
            case FileKind.NPY:
                return [_npy(name, stream, room)]
            case _:
                return read_table(name, stream, room)


def _with_sum(found: list[Found], md5: str) -> list[Found]:
    """These, if it is one, with the sum of the file that holds it alone."""
    return [found[0]._replace(sums=found[0].sums | {md5})] if len(found) == 1 else found


def _zip(name: str, file: File, stream: Stream, room: Room, depth: int) -> list[Found]:
    again = in_memory(name, stream, LARGEST_WITHIN) if depth else cast(IO[bytes], file)
    again.seek(0)
    if is_npz(again):
        return _npz(name, again, room)
    return _all_of(name, zip_members(name, again), room, depth)


def _all_of(
    name: str, members: Iterable[tuple[str, IO[bytes]]], room: Room, depth: int
) -> list[Found]:
    """What an archive has; what is of no use in it may lie there, if something else is."""
    found, useless = list[Found](), list[str]()
    for inner, file in members:
        try:
            found += _read(inner, file, room, depth + 1)
        except NotData:
            useless.append(inner)
    if found:
        return found
    if useless and all(inner.lower().endswith(PICTURES) for inner in useless):
        raise pictures(name)
    has = ", ".join(useless[:3]) + (", …" if len(useless) > 3 else "")
    raise DataError(f"{name}: has {has or 'no files'} in it: expected {EXPECTED}.")


def _idx(name: str, stream: Stream, room: Room) -> Found:
    idx = IdxFile(name, stream)
    side = side_of(name, idx.shape)
    room.take(idx.size // idx.dtype.itemsize if side else idx.size)
    array = as_images(name, idx.pieces(), idx.size, side) if side else idx.read()
    return _found(name, array, name)


def _npy(name: str, stream: Stream, room: Room) -> Found:
    try:
        head = head_of(stream)
    except HoldsObjects:
        raise objects(name) from None
    side = side_of(name, head.shape)
    room.take(head.numbers if side else head.bytes)
    if side:
        array = as_images(name, npy_pieces(name, head, stream), head.numbers, side)
        return _found(name, head.in_order(array).reshape(-1, side, side), name)
    labels = np.concatenate(list(npy_pieces(name, head, stream)))
    return _found(name, head.in_order(labels), name)


def _npz(name: str, file: IO[bytes], room: Room) -> list[Found]:
    found = list[Found]()
    try:
        with open_npz(file, None, LARGEST_NPZ, "an .npz of images") as npz:
            if npz.heads.keys() >= A_RUN:
                raise DataError(f"{name}: is a run that was saved here: open it as one.")
            for array_name, head in npz.heads.items():
                called = said(f"{array_name} in {name}")
                try:
                    side = side_of(called, head.shape)
                except NotData:
                    continue
                room.take(head.numbers if side else head.bytes)
                if side:
                    pieces = npz.pieces(array_name)
                    array = head.in_order(as_images(called, pieces, head.numbers, side))
                    array = array.reshape(-1, side, side)
                else:
                    array = npz.read(array_name)
                found.append(_found(called, array, array_name, name))
            if not found:
                has = ", ".join(f"{n} {head.shape}" for n, head in list(npz.heads.items())[:4])
                raise DataError(f"{name}: has {said(has)} in it: expected {EXPECTED}.")
    except HoldsObjects:
        raise objects(name) from None
    return found


def _found(called: str, array: np.ndarray, *names: str) -> Found:
    """Images or labels, with the part that the first of the names tells of that tells any."""
    one = Found(called, part_of(*(place for name in names for place in places(name))), array)
    return one._replace(sums=frozenset({idx_sum(array)}) if _is_bytes(array) else frozenset())


def places(name: str) -> list[str]:
    """A member's own name, and then the folders that it lies in."""
    return name.split("/")[::-1]


def _is_bytes(array: np.ndarray) -> bool:
    """Whether MNIST's files would have it like this: images, or labels from 0 to 255."""
    whole_numbers = array.dtype.kind in "iu" and array.ndim == 1
    return array.ndim == 3 or (whole_numbers and array.min() >= 0 and array.max() <= 255)
