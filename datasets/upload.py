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
from datasets.conversions import objects
from datasets.found import (
    EXPECTED,
    Found,
    Layout,
    NotData,
    idx_sum,
    is_a_row,
    layout_of,
    part_of,
    said,
)
from datasets.idx import DataError, IdxFile
from datasets.kinds import HEAD, PACKED, FileKind, kind_of
from datasets.mapping import MOST_MAPPING, read_mapping
from datasets.npz import Head, HoldsObjects, head_of, npy_pieces, open_npz
from datasets.pictures import LARGEST_FILE, in_no_folder, is_picture
from datasets.pixels import Pixels
from datasets.remedies import columns_first
from datasets.room import LARGEST, Room
from datasets.rows import grey_rows
from datasets.tables import read_table

BUFFER = 1 << 16
DEEPEST = 3  # a .gz in a .zip in a .zip; what lies deeper was made to be a nuisance
LARGEST_NPZ = 1_000_000_000  # bytes; as float64 MNIST takes 440 million
LARGEST_WITHIN = 200_000_000  # bytes of a .zip that lies in another archive
A_RUN = {"format", "config", "theta"}  # what a file of ours has that is a run

File = IO[bytes] | io.BufferedIOBase


class Upload(NamedTuple):
    """What files have that came together."""

    found: list[Found]
    left_out: tuple[str, ...] = ()  # files that are of no use here


def read_upload(files: Iterable[tuple[str, IO[bytes]]], most: int = LARGEST) -> Upload:
    """All images and labels in the files that came together, each with its name.

    Of more than `most` pixels the same share of each file is taken. What is of no use here may lie
    beside what is, as in an archive. DataError, one sentence, if nothing is of use, or something is
    damaged.
    """
    room, useless = Room(most), dict[str, NotData]()
    for name, file in files:
        try:
            _read(name, file, room, 0)
        except NotData as why:
            useless[said(name)] = why
    if useless and not room.things:
        raise most_helpful(useless.values())
    if not room.pictures:
        return Upload(room.found, tuple(useless))
    if any(one.images for one in room.found):
        return Upload(room.found, (*useless, f"{len(room.pictures):,} pictures"))
    return Upload([*room.found, *room.pictures.found()], tuple(useless))


def _read(path: str, file: File, room: Room, depth: int) -> None:
    name = said(path)
    if depth > DEEPEST:
        raise DataError(f"{name}: lies in too many archives: unpack it first.")
    since = len(room.found)
    with whole(name):
        summed = Summed(name, file)
        stream = io.BufferedReader(summed, BUFFER)
        head = stream.peek(HEAD)[:HEAD]
        kind = kind_of(name, head)
        match kind:
            case _ if kind in PACKED:
                _read(path, unpacked(kind, stream), room, depth + 1)
                stream.read()
                room.sum_up(since, summed.sum)
            case FileKind.ZIP:
                _zip(name, file, stream, room, depth)
            case FileKind.TAR:
                _all_of(name, tar_members(name, stream), room, depth)
            case FileKind.IDX:
                one = _idx(name, stream, room)
                room.add(one._replace(sums=one.sums | {summed.sum}))
            case FileKind.NPY:
                room.add(_npy(name, stream, room))
            case FileKind.PICTURE:
                room.pictures.add(path, stream.read(LARGEST_FILE + 1))
            case FileKind.ARFF:
                for one in read_table(name, stream, room, arff=True):
                    room.add(one)
            case _:
                text = stream.peek(MOST_MAPPING)
                names = read_mapping(name, text) if len(text) < MOST_MAPPING else None
                for one in [names] if names else read_table(name, stream, room):
                    room.add(one)


def _zip(name: str, file: File, stream: Stream, room: Room, depth: int) -> None:
    again = in_memory(name, stream, LARGEST_WITHIN) if depth else cast(IO[bytes], file)
    again.seek(0)
    if is_npz(again):
        _npz(name, again, room)
    else:
        _all_of(name, zip_members(name, again), room, depth)


def _all_of(name: str, members: Iterable[tuple[str, IO[bytes]]], room: Room, depth: int) -> None:
    """What an archive has; what is of no use in it may lie there, if something else is."""
    since, useless = room.things, dict[str, NotData]()
    for inner, file in members:
        try:
            _read(inner, file, room, depth + 1)
        except NotData as why:
            useless[said(inner)] = why
    if room.things > since:
        return
    if useless and all(map(is_picture, useless)):
        raise in_no_folder(name, "has pictures")
    if useless and (helpful := most_helpful(useless.values())).code:
        raise helpful
    has = ", ".join(list(useless)[:3]) + (", …" if len(useless) > 3 else "")
    raise DataError(f"{name}: has {has or 'no files'} in it: expected {EXPECTED}.")


def most_helpful(useless: Iterable[NotData]) -> NotData:
    """The first of these that has lines to help, else the first."""
    return sorted(useless, key=lambda why: not why.code)[0]


def _idx(name: str, stream: Stream, room: Room) -> Found:
    idx = IdxFile(name, stream)
    layout = layout_of(name, idx.shape)
    if layout.side:
        head = Head(idx.dtype, idx.shape, fortran=False)
        return _images(name, layout, head, idx.pieces(), room, name)
    room.take(idx.size)
    return _found(name, idx.read(), name)


def _npy(name: str, stream: Stream, room: Room) -> Found:
    try:
        head = head_of(stream)
    except HoldsObjects:
        raise objects(name, several=False) from None
    layout, pieces = layout_of(name, head.shape), npy_pieces(name, head, stream)
    if layout.side:
        return _images(name, layout, head, pieces, room, name)
    room.take(head.bytes)
    return _found(name, head.in_order(np.concatenate(list(pieces))), name)


def _npz(name: str, file: IO[bytes], room: Room) -> None:
    since, useless = len(room.found), list[NotData]()
    try:
        with open_npz(file, None, LARGEST_NPZ, "an .npz of images") as npz:
            if npz.heads.keys() >= A_RUN:
                raise DataError(
                    f"{name}: is a run that was saved here: open it in the box for runs."
                )
            for array_name, head in npz.heads.items():
                called = said(f"{array_name} in {name}")
                try:
                    layout = layout_of(called, head.shape)
                except NotData as why:
                    useless.append(why)
                    continue
                if layout.side:
                    pieces = npz.pieces(array_name)
                    names = array_name, name
                    room.add(_images(called, layout, head, pieces, room, *names))
                else:
                    room.take(head.bytes)
                    room.add(_found(called, npz.read(array_name), array_name, name))
            no_images = not any(one.images for one in room.found[since:])
            if useless and no_images and (helpful := most_helpful(useless)).code:
                del room.found[since:]  # labels alone, of images that cannot be read
                raise helpful
            if len(room.found) == since:
                has = ", ".join(f"{n} {head.shape}" for n, head in list(npz.heads.items())[:4])
                raise DataError(f"{name}: has {said(has)} in it: expected {EXPECTED}.")
    except HoldsObjects:
        raise objects(name, several=True) from None


def _images(
    called: str,
    layout: Layout,
    head: Head,
    pieces: Iterable[np.ndarray],
    room: Room,
    *names: str,
) -> Found:
    """The images in an array whose numbers come in pieces, as many as there is room for."""
    count = head.shape[0]
    chosen = room.choose(count, layout.side**2)
    if layout.colours or chosen is not None:
        if head.fortran:
            raise DataError(*columns_first(called))
        pieces = grey_rows(pieces, layout, chosen)
    taken = count if chosen is None else len(chosen)
    pixels = Pixels(called, taken * layout.side**2)
    for piece in pieces:
        pixels.add(piece)
    array = pixels.whole(layout.side)
    if head.fortran:
        array = head.in_order(array).reshape(array.shape)
    grey = f"{called}: is in colour, and made grey." if layout.colours else ""
    notes = tuple(filter(None, (grey, pixels.note)))
    one = _found(called, array, *names)
    return one._replace(rows=chosen, in_file=count, notes=notes)


def _found(called: str, array: np.ndarray, *names: str) -> Found:
    """Images or labels, with the part that the first of the names tells of that tells any."""
    if is_a_row(array.shape):
        array = array.reshape(-1)
    one = Found(called, part_of(*(place for name in names for place in places(name))), array)
    return one._replace(sums=frozenset({idx_sum(array)}) if _is_bytes(array) else frozenset())


def places(name: str) -> list[str]:
    """A member's own name, and then the folders that it lies in."""
    return name.split("/")[::-1]


def _is_bytes(array: np.ndarray) -> bool:
    """Whether MNIST's files would have it like this: images, or labels from 0 to 255."""
    whole_numbers = array.dtype.kind in "iu" and array.ndim == 1
    return array.ndim == 3 or (whole_numbers and array.min() >= 0 and array.max() <= 255)
