"""The talks that come with the project: the files beside this one, by their names."""

import functools
import re
from collections.abc import Collection
from pathlib import Path

from talks.reader import read_talk
from talks.talk import Talk

FOLDER = Path(__file__).parent
NAME = re.compile(r"[a-z0-9_]{1,60}")
FIRST = "what_is_a_neural_network"  # the one for everybody; the others follow by name


def built_in_names() -> list[str]:
    """What `?talk=` may say, in the order in which talks are offered."""
    names = sorted(file.stem for file in FOLDER.glob("*.toml"))
    return sorted(names, key=lambda name: name != FIRST)


@functools.cache
def _read(name: str, pages: tuple[str, ...]) -> Talk:
    return read_talk((FOLDER / f"{name}.toml").read_bytes(), pages)


def built_in_talk(name: str, pages: Collection[str]) -> Talk | None:
    """The talk of this name, None if there is none; `pages` as `read_talk` takes them."""
    if not NAME.fullmatch(name) or name not in built_in_names():
        return None
    return _read(name, tuple(pages))
