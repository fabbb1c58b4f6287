"""The numbers of views, made once for all who ask for the same."""

from collections.abc import Callable
from typing import Any

from recipes.settings import Settings
from runs.kept import Kept, size
from runs.work import Work

_made: Kept[Any] = Kept(8_000_000)
_slow: Kept[Work] = Kept(8_000_000, lambda work: size(work.so_far), lambda work: work.wanted)


def made(name: tuple[str, str], settings: Settings, own: str | None, numbers: Callable) -> Any:
    """The numbers of the view of this name, kept for whoever asks for the same.

    Settings are told apart by what they say alone, so their view has to be said, too.
    """
    given = (settings,) if own is None else (settings, own)
    return _made.get((name, given), lambda: numbers(*given))


def slow_work(
    name: tuple[str, str], settings: Settings, own: str | None, growing: Callable
) -> Work:
    """The work on the numbers of the view of this name, shared by all who ask for the same."""
    given = (settings,) if own is None else (settings, own)
    return _slow.get((name, given), lambda: Work(lambda tell: growing(*given, tell=tell)))
