"""What a file has of a scene: the parts that show it, what each of them gets, and the words."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from figures.words import Said

HEIGHT = "var(--room)"  # what the player leaves of the screen (player.js)
KEY = "scene"  # by which the words of a scene know where its film is


class Piece(NamedTuple):
    """A part of the browser's half, what it gets, and its share of the width."""

    part: str  # its folder in ui/browser
    data: dict[str, Any]
    share: float = 1.0


class SceneInFile(NamedTuple):
    """What a file has of a scene, besides the talk's own words."""

    pieces: Sequence[Piece]
    said: Sequence[Said] = ()  # the caption; of a film its sentences, the last one last
    edited: str = ""  # said instead once the reader has changed the network
    begins: bool = False  # whether it opens at its beginning, else at its end
    missing: str = ""  # why it is not here, as a sentence
    samples: dict[str, Any] | None = None  # test images for the paper
    draws: str = ""  # what its question asks to be drawn on the stage, "" if nothing
