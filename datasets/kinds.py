"""Tells what a file is by how it begins, and of what is of no use here what to bring instead."""

import re
from enum import Enum, auto

from datasets.arff import is_arff
from datasets.conversions import hdf5, in_json, matlab, pickled
from datasets.found import NotData, said
from datasets.idx import GZIP_MAGIC, DataError, is_idx

HEAD = 1024  # bytes that tell what a file is
AS_PNG = "save pictures as PNG or JPEG instead"
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
    PICTURE = auto()
    ARFF = auto()
    TEXT = auto()


PACKED = (FileKind.GZIP, FileKind.BZIP2, FileKind.XZ)
STARTS = {
    GZIP_MAGIC: FileKind.GZIP,
    b"BZh": FileKind.BZIP2,
    b"\xfd7zXZ\0": FileKind.XZ,
    b"PK\3\4": FileKind.ZIP,
    b"PK\5\6": FileKind.ZIP,  # an empty one
    b"\x93NUMPY": FileKind.NPY,
    b"\x89PNG": FileKind.PICTURE,
    b"\xff\xd8\xff": FileKind.PICTURE,  # JPEG
    b"GIF8": FileKind.PICTURE,
}
FOREIGN = {
    b"PAR1": f"Parquet, which is not read here: {BEST}",
    b"SQLite format": f"a database (SQLite): {BEST}",
    b"7z\xbc\xaf": "a 7z archive: unpack it and bring what is in it, or a .zip of that",
    b"Rar!": "a RAR archive: unpack it and bring what is in it, or a .zip of that",
    b"RIFF": f"a picture as WebP, a sound or a film: {AS_PNG}",
    b"<svg": f"a drawing (SVG): {AS_PNG}",
    b"%PDF": f"a PDF: {BEST}",
    b"{\\rtf": f"a text with its layout (RTF): {BEST}",
    b"\xff\xfe": "text in UTF-16: save the table as CSV in UTF-8 instead",
    b"\xfe\xff": "text in UTF-16: save the table as CSV in UTF-8 instead",
    b"\xd0\xcf\x11\xe0": "an old Excel file: save the table as CSV instead",
    b"version https://git-lfs": (
        "a pointer of Git LFS that stands where the file should be: fetch the file itself with "
        "git lfs pull"
    ),
}
MATLAB_5, MATLAB_7 = b"MATLAB 5.0", b"MATLAB 7.3"  # the latter is HDF5 behind that
HDF5 = b"\x89HDF"
WEB_PAGE = (
    "is a web page and not the file: an error, or a page that asks to sign in, was saved in its "
    "place, so download it again"
)
# What servers answer in the place of a file, GitHub for one: 404: Not Found.
SERVERS_ERROR = re.compile(
    rb"""[45]\d\d:? [a-z ]+\s*"""
    rb"""|\{\s*"(message|error|errors|code|status|detail)"\s*:\s*(["\d{]|\[\s*["{]).*""",
    re.DOTALL,
)
# How PyTorch's files began before they were zips.
OLD_TORCH = b"\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19"
PICKLES = (b"(dp", b"(lp", b"(tp", b"(i__", b"cnumpy", b"ccopy_reg", b"]q", b"}q")


def kind_of(name: str, head: bytes) -> FileKind:
    """What a file is that begins like this.

    NotData, a sentence that says what to bring instead, if it is nothing that can be read.
    """
    if not head:
        raise DataError(f"{name}: is empty: download it again.")
    for start, kind in STARTS.items():
        if head.startswith(start):
            return kind
    if head[:2] == b"BM" and head[6:10] == bytes(4):  # BMP, and no table whose first column is BMI
        return FileKind.PICTURE
    if head[257:262] == b"ustar":
        return FileKind.TAR
    if len(head) >= 4 and is_idx(head):
        return FileKind.IDX
    if is_pickle(head):
        raise pickled(name, head.startswith(OLD_TORCH), head)
    if head.startswith((MATLAB_5, MATLAB_7)):
        raise matlab(name, hdf5=head.startswith(MATLAB_7))
    if head.startswith(HDF5):
        raise hdf5(name)
    if head[4:8] == b"ftyp":
        raise NotData(f"{name}: is a picture as HEIC or AVIF, or a film: {AS_PNG}.")
    for start, what in FOREIGN.items():
        if head.startswith(start):
            raise NotData(f"{name}: is {what}.")
    return _text(name, head)


def is_pickle(head: bytes) -> bool:
    """Whether a file begins as Python's pickles do."""
    return (head[:1] == b"\x80" and head[1:2] in b"\2\3\4\5") or head.startswith(PICKLES)


def _text(name: str, head: bytes) -> FileKind:
    if is_web_page(head):
        raise NotData(f"{name}: {WEB_PAGE}.")
    low = _lower(head)
    if SERVERS_ERROR.fullmatch(low):
        raise NotData(
            f"{name}: is the error of a server and not the file, {_quoted(head)}: download it "
            "again."
        )
    if is_arff(low):
        return FileKind.ARFF
    if low[:1] in (b"{", b"["):
        raise in_json(name)
    if b"\0" in head or not _printable(head):
        raise NotData(
            f"{name}: is of no kind that is known here: expected IDX, .npz, .npy, CSV, or a .zip "
            f"or .tar of these, but it starts with {head[:4].hex(' ')}."
        )
    return FileKind.TEXT


def _quoted(head: bytes) -> str:
    """How a text begins, as a sentence has it."""
    words = " ".join(head.decode(errors="replace").split())
    return said(words).rstrip(".").replace(". ", ", ")


def is_web_page(head: bytes) -> bool:
    """Whether a file begins as a web page does, or as an error of a server."""
    low = _lower(head)
    return low.startswith((b"<!doctype html", b"<html", b"<head", b"<?xml", b"<error")) or (
        low.startswith(b"<!--") and b"<html" in low
    )


def _lower(head: bytes) -> bytes:
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:400].lower()


def _printable(head: bytes) -> bool:
    odd = sum(byte < 32 and byte not in (9, 10, 12, 13) for byte in head)
    return odd == 0
