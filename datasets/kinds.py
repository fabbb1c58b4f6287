"""Tells what a file is by how it begins, and of what is of no use here what to bring instead."""

import json
import re
from enum import Enum, auto

from datasets.found import NotData
from datasets.idx import GZIP_MAGIC, DataError, is_idx

HEAD = 1024  # bytes that tell what a file is
BEST = "bring the IDX files, an .npz or a CSV table instead"


class FileKind(Enum):
    """What can be read."""

    GZIP = auto()
    BZIP2 = auto()
    XZ = auto()
    ZIP = auto()
    TAR = auto()
    IDX = auto()
    NPY = auto()
    TEXT = auto()


PACKED = (FileKind.GZIP, FileKind.BZIP2, FileKind.XZ)
STARTS = {
    GZIP_MAGIC: FileKind.GZIP,
    b"BZh": FileKind.BZIP2,
    b"\xfd7zXZ\0": FileKind.XZ,
    b"PK\3\4": FileKind.ZIP,
    b"PK\5\6": FileKind.ZIP,  # an empty one
    b"\x93NUMPY": FileKind.NPY,
}
FOREIGN = {
    b"PAR1": f"Parquet, which is not read here: {BEST}",
    b"\x89HDF": f"HDF5, which is not read here: {BEST}",
    b"MATLAB 5.0": "MATLAB's, which is not read here: bring the set's IDX files instead",
    b"SQLite format": f"a database (SQLite): {BEST}",
    b"7z\xbc\xaf": "a 7z archive: unpack it and bring what is in it, or a .zip of that",
    b"Rar!": "a RAR archive: unpack it and bring what is in it, or a .zip of that",
    b"\x89PNG": f"a single picture (PNG): {BEST}",
    b"\xff\xd8\xff": f"a single picture (JPEG): {BEST}",
    b"GIF8": f"a single picture (GIF): {BEST}",
    b"BM": f"a single picture (BMP): {BEST}",
    b"%PDF": f"a PDF: {BEST}",
    b"\xd0\xcf\x11\xe0": "an old Excel file: save the table as CSV instead",
    b"version https://git-lfs": (
        "a pointer of Git LFS that stands where the file should be: fetch the file itself with "
        "git lfs pull"
    ),
}
NAMED = re.compile(rb"\x80[\2-\5](\x95.{8})?}", re.DOTALL)  # a pickle of a dict
PICKLES = (b"(dp", b"(lp", b"(tp", b"(i__", b"cnumpy", b"ccopy_reg", b"]q", b"}q")


def kind_of(name: str, head: bytes) -> FileKind:
    """What a file is that begins like this.

    NotData, a sentence that says what to bring instead, if it is nothing that can be read.
    """
    if not head:
        raise DataError(f"{name}: is empty.")
    for start, kind in STARTS.items():
        if head.startswith(start):
            return kind
    if head[257:262] == b"ustar":
        return FileKind.TAR
    if len(head) >= 4 and is_idx(head):
        return FileKind.IDX
    if is_pickle(head):
        raise pickled(name, torch=False, named=bool(NAMED.match(head)))
    for start, what in FOREIGN.items():
        if head.startswith(start):
            raise NotData(f"{name}: is {what}.")
    return _text(name, head)


def is_pickle(head: bytes) -> bool:
    """Whether a file begins as Python's pickles do."""
    return (head[:1] == b"\x80" and head[1:2] in b"\2\3\4\5") or head.startswith(PICKLES)


def _text(name: str, head: bytes) -> FileKind:
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    low = text[:400].lower()
    if low.startswith((b"<!doctype html", b"<html", b"<head", b"<?xml", b"<error")) or (
        low.startswith(b"<!--") and b"<html" in low
    ):
        raise NotData(
            f"{name}: is a web page and not the file: an error, or a page that asks to sign in, "
            "was saved in its place."
        )
    if b"@relation" in low and low[:1] in (b"%", b"@"):
        raise NotData(
            f"{name}: is ARFF, which is not read here: save the table as CSV instead, its pixels "
            "and its class in columns."
        )
    if low[:1] in (b"{", b"["):
        raise NotData(f"{name}: is JSON, which is not read here: {BEST}.")
    if b"\0" in head or not _printable(head):
        raise NotData(
            f"{name}: is of no kind that is known here: expected IDX, .npz, .npy, CSV, or a .zip "
            f"or .tar of these, but it starts with {head[:4].hex(' ')}."
        )
    return FileKind.TEXT


def _printable(head: bytes) -> bool:
    odd = sum(byte < 32 and byte not in (9, 10, 12, 13) for byte in head)
    return odd == 0


def pickled(name: str, torch: bool, named: bool = False) -> DataError:
    """The sentence on a pickle, which could run any program, and lines that make an .npz of it.

    `named` is whether its parts have names, a dict, as CIFAR's have; else they are images and
    labels, or pairs of these.
    """
    file = json.dumps(name, ensure_ascii=False)
    packed = name.lower().endswith(".gz")
    with_open = "gzip.open" if packed else "open"
    imports, more = "pickle, numpy" + (", gzip" if packed else ""), ""
    read = f"held = pickle.load({with_open}({file}, 'rb'), encoding='latin1')"
    arrays = "x=held['data'], y=held['labels']"
    if torch:
        imports, read = "torch, numpy", f"x, y = torch.load({file}, weights_only=True)[:2]"
        arrays = "x=x, y=y"
    elif named:
        more = " (with the names that its parts have: list(held))"
    else:
        parts = "held if len(held[0]) == 2 else [held]"
        names = "('train', 'val', 'test') if len(held) == 3 else ('train', 'test')"
        arrays = (
            f"**{{f'{{a}}_{{n}}': b for n, part in zip({names}, {parts}) "
            "for a, b in zip('xy', part)}"
        )
    return DataError(
        f"{name}: is a pickle, which can run any program when it is opened and so is never opened "
        f"here: where you trust it, three lines make an .npz of it{more}.",
        f"import {imports}\n{read}\nnumpy.savez_compressed('images.npz', {arrays})",
    )


def pictures(name: str) -> DataError:
    """The sentence on an archive of pictures, a folder a class, and lines that make an .npz."""
    return DataError(
        f"{name}: has pictures in it, which are not read here: where each class has a folder of "
        "its own, these lines make an .npz of them.",
        "import numpy, pathlib\n"
        "from PIL import Image  # pip install pillow\n"
        "files = sorted(f for f in pathlib.Path('folder').rglob('*') "
        "if f.suffix in ('.png', '.jpg'))\n"
        "x = [numpy.array(Image.open(f).convert('L').resize((28, 28))) for f in files]\n"
        "numpy.savez_compressed('images.npz', x=x, y=[f.parent.name for f in files])",
    )


def objects(name: str) -> DataError:
    """The sentence on an array of Python objects, which is a pickle within."""
    file = json.dumps(name, ensure_ascii=False)
    return DataError(
        f"{name}: holds Python objects, a pickle, which can run any program when it is opened and "
        "so is never opened here: where you trust it, three lines make plain numbers of it.",
        f"import numpy\narray = numpy.load({file}, allow_pickle=True)\n"
        "numpy.save('plain.npy', numpy.stack(list(array)))",
    )
