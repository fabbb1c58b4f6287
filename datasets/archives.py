"""What is packed: one file (.gz, .bz2, .xz) or many (.zip, .tar). Nothing goes to the disk."""

import bz2
import gzip
import hashlib
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Self, TypeAlias, cast

from datasets.conversions import pickled
from datasets.found import said
from datasets.idx import DataError
from datasets.kinds import FileKind
from datasets.npz import check_directory
from datasets.pictures import is_picture

MOST_MEMBERS = 1000  # of an archive that are no pictures
MOST_PICTURES = 70_000  # as many as MNIST has
MOST_DIRECTORY = 8_000_000  # bytes of a list of so many
MOST_HEAD = 1 << 20  # bytes of what a .tar says of a member besides its content
MOST_BYTES = 1_000_000_000  # that one file may unpack to
Stream: TypeAlias = "io.BufferedReader[Summed]"  # a file that can be looked into and summed up
DAMAGE = (
    EOFError,
    OSError,
    ValueError,
    RuntimeError,  # a zip with a password
    NotImplementedError,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
    tarfile.TarError,
)


class Summed(io.RawIOBase):
    """A file that is read once, from its beginning, and summed up (MD5) meanwhile."""

    def __init__(self, name: str, file: IO[bytes] | io.BufferedIOBase) -> None:
        self.name, self._file = name, file
        self._digest = hashlib.md5(usedforsecurity=False)
        self._taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, room: object) -> int:
        room = memoryview(room).cast("B")  # type: ignore[arg-type]
        piece = self._file.read(len(room))
        room[: len(piece)] = piece
        self._digest.update(piece)
        self._taken += len(piece)
        if self._taken > MOST_BYTES:
            raise DataError(
                f"{self.name}: unpacks to more than {MOST_BYTES / 1e6:,.0f} MB, which is more than "
                "can be read here: bring fewer images."
            )
        return len(piece)

    @property
    def sum(self) -> str:
        """The MD5 of what was read, which is all of it once a reader found its end."""
        return self._digest.hexdigest()


@contextmanager
def whole(name: str) -> Iterator[None]:
    """DataError, one sentence, in the place of what a damaged archive raises."""
    try:
        yield
    except DataError:
        raise
    except DAMAGE:
        raise DataError(f"{name}: is cut short or damaged: download it again.") from None


def unpacked(kind: FileKind, stream: Stream) -> io.BufferedIOBase:
    """What is in a file that is packed on its own."""
    match kind:
        case FileKind.GZIP:
            return gzip.GzipFile(fileobj=stream)
        case FileKind.BZIP2:
            return bz2.BZ2File(stream)
        case _:
            return lzma.LZMAFile(stream)


def zip_members(name: str, file: IO[bytes]) -> Iterator[tuple[str, IO[bytes]]]:
    """The files in a .zip, in order, each open for as long as the next is not asked for."""
    with zipfile.ZipFile(file) as archive:
        members = archive.infolist()
        names = [member.filename for member in members]
        _check_number(name, sum(map(is_picture, names)), len(names))
        if any(inner.endswith("data.pkl") for inner in names):
            raise pickled(name, torch=True)
        if "[Content_Types].xml" in names:
            raise DataError(f"{name}: is an Excel or Word file: save the table as CSV instead.")
        if {"mimetype", "content.xml"} <= set(names):
            raise DataError(f"{name}: is a LibreOffice file: save the table as CSV instead.")
        for member in members:
            if not member.is_dir() and _counts(member.filename):
                if member.flag_bits & 1:
                    raise DataError(f"{name}: has a password: bring it without one.")
                with archive.open(member) as inner:
                    yield member.filename, inner


def is_npz(file: IO[bytes]) -> bool:
    """Whether a .zip is NumPy's: all in it are arrays. DataError if it has far too many."""
    check_directory(file, "The archive", MOST_DIRECTORY)
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
    file.seek(0)
    return bool(names) and all(name.endswith(".npy") for name in names)


class _Member(tarfile.TarInfo):
    """A member of a .tar, whose own head does not fill the memory."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        """As TarInfo has it. DataError if its name, or what else is said of it, is endless."""
        member = super().frombuf(buf, encoding, errors)
        if member.type not in tarfile.REGULAR_TYPES and member.size > MOST_HEAD:
            raise DataError("The archive has a head in it that is far too long.")
        return member


def tar_members(name: str, stream: Stream) -> Iterator[tuple[str, IO[bytes]]]:
    """The files in a .tar, in order. DataError if anything in it is no plain file, or a folder."""
    with tarfile.open(fileobj=stream, mode="r|", tarinfo=_Member) as archive:
        count = pictures = 0
        for member in archive:
            archive.members.clear()  # type: ignore[attr-defined]  # it would remember all of them
            count, pictures = count + 1, pictures + is_picture(member.name)
            _check_number(name, pictures, count)
            if member.isdir() or not _counts(member.name):
                continue
            if not member.isfile():
                raise DataError(
                    f"{name}: has a link or a device in it, {said(member.name)}: expected plain "
                    "files, so pack those alone."
                )
            yield member.name, cast(IO[bytes], archive.extractfile(member))


def in_memory(name: str, stream: Stream, most: int) -> IO[bytes]:
    """A file that must be read from its end, such as a .zip in a .zip."""
    content = stream.read(most + 1)
    if len(content) > most:
        raise DataError(
            f"{name}: is larger than {most / 1e6:,.0f} MB, too large to lie in another."
        )
    return io.BytesIO(content)


def _check_number(name: str, pictures: int, count: int) -> None:
    if pictures > MOST_PICTURES:
        raise DataError(
            f"{name}: has more than {MOST_PICTURES:,} pictures in it, which is more than there is "
            "room for, so bring fewer."
        )
    if count - pictures > MOST_MEMBERS:
        raise DataError(
            f"{name}: has more than {MOST_MEMBERS:,} files in it that are no pictures: expected "
            "the images together in one array or table, or as PNG or JPEG."
        )


def _counts(name: str) -> bool:
    """Whether a member is no leftover of the system that packed it."""
    parts = name.split("/")
    return "__MACOSX" not in parts and not parts[-1].startswith(".")
