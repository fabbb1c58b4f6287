"""The bar of a talk, in the header's place: which scene is on, the way to the others, the clock."""

from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict

from ui.browser.part import part

_talk = part(Path(__file__).parent)


class SceneOnStage(TypedDict):
    """A scene as the bar has it."""

    title: str
    caption: str
    notes: str  # what to say
    link: str  # seen from any page
    ask: str  # before it is shown, "" if nothing is asked
    answers: list[str]


def show_talk_part(
    name: str, title: str, number: int, scenes: Sequence[SceneOnStage], end: str
) -> None:
    """Put it on a page. Scene `number` is on, counted from 1; `end` is where End leads."""
    data = {"name": name, "title": title, "at": number - 1, "scenes": list(scenes), "end": end}
    _talk(key="talk", data=data)
