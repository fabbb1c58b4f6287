"""Talks that visitors write, as files: whoever has a talk's name gives it, its key changes it.

The name is made of the key, and nobody finds the key from it: so the link of a talk can be given to
everybody. What a file says is not known here (`talks/`).
"""

import base64
import hashlib
import re
from pathlib import Path
from typing import IO

from runs.files import UNGUESSABLE, Files, new_name

LIMIT = 50_000_000  # bytes that all of them together may take on the disk; 15 scenes take 10,000
SHARE = 2_000_000  # bytes that those begun in one visit may take
LARGEST = 200_000  # bytes of one
A_KEY = re.compile(r"[A-Za-z0-9_-]{12,40}")


def name_of(key: str) -> str:
    """The name of the talk with this key; it ends in the same mark."""
    digest = base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest()).decode()
    return digest[:UNGUESSABLE] + key[UNGUESSABLE:]


class KeptTalks:
    """Files of talks by their names."""

    def __init__(self, folder: Path, limit: int = LIMIT, share: int = SHARE) -> None:
        """`folder` is made when first needed."""
        self._files = Files(folder, limit, share, ".toml")

    def find(self, name: str) -> bytes | None:
        """What the file of that name has, None if it is not here any more; it counts as used."""
        path = self._files.path(name)
        try:
            if path is None or path.stat().st_size > LARGEST:
                return None
            content = path.read_bytes()
        except OSError:
            return None
        self._files.touch(name)
        return content

    def keep(self, key: str, content: bytes) -> None:
        """Keep the talk with this key. OSError if it cannot be written."""

        def write(file: IO[bytes]) -> None:
            file.write(content)

        self._files.write(name_of(key), write)

    def delete(self, key: str) -> None:
        """Take the talk with this key away. OSError if it cannot be."""
        self._files.delete(name_of(key))


def new_key(mark: str) -> str:
    """A key for a talk that the visit with this mark begins."""
    return new_name(mark)
