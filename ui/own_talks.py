"""Talks that visitors write: how they are kept and found."""

import functools

from datasets.environment import glassbox_home
from runs.kept_talks import A_KEY, KeptTalks, name_of, new_key
from talks.editing import with_scene
from talks.reader import BrokenTalk, read_talk
from talks.talk import Scene, Talk
from talks.writer import write_talk
from ui.pages import PAGE_NAMES
from ui.visit import mark

KEY = "mine"  # parameter of the link that changes a talk
FIRST_TITLE = "My talk"


def own_talk(name: str) -> Talk | None:
    """The talk of that name, None if it is not here any more."""
    content = _kept().find(name)
    try:
        return None if content is None else _read(content)
    except BrokenTalk:  # of another version
        return None


def talk_of(key: str) -> Talk | None:
    """The talk that this key changes, None if it is not here any more, or that is no key."""
    return own_talk(name_of(key)) if A_KEY.fullmatch(key) else None


def keep(key: str, talk: Talk) -> None:
    """Keep it in the place of what this key had.

    BrokenTalk, a sentence, if it would be none that can be opened again or cannot be written.
    """
    content = write_talk(talk)
    read_talk(content, PAGE_NAMES)
    try:
        _kept().keep(key, content)
    except OSError as error:
        why = (error.strerror or "no reason given").lower()
        raise BrokenTalk(f"the talk could not be kept on this server: {why}.") from None


def delete(key: str) -> None:
    """Take it away. OSError if it cannot be."""
    _kept().delete(key)


def begin(talk: Talk) -> str:
    """Keep a talk as a new one; its key. BrokenTalk as for `keep`."""
    key = new_key(mark())
    keep(key, talk)
    return key


def add_scene(key: str, scene: Scene) -> tuple[str, Talk]:
    """The talk with this key, or a new one, with one more scene at its end; and its key.

    BrokenTalk as for `keep`.
    """
    talk = talk_of(key)
    if talk is None:
        talk = Talk(FIRST_TITLE, "", (scene,))
        return begin(talk), talk
    talk = with_scene(talk, scene)
    keep(key, talk)
    return key, talk


def _kept() -> KeptTalks:
    return KeptTalks(glassbox_home() / "talks")


@functools.lru_cache(32)
def _read(content: bytes) -> Talk:
    return read_talk(content, PAGE_NAMES)
