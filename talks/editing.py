"""What can be done to a talk: each takes one and gives another."""

from dataclasses import replace
from typing import Any

from talks.talk import Scene, Talk


def with_scene(talk: Talk, scene: Scene, place: int | None = None) -> Talk:
    """With one more scene at its end, or at a place, counted from 0."""
    at = len(talk.scenes) if place is None else place
    return replace(talk, scenes=(*talk.scenes[:at], scene, *talk.scenes[at:]))


def with_words(talk: Talk, k: int, **words: Any) -> Talk:
    """With other fields in scene k, counted from 0."""
    scenes = list(talk.scenes)
    scenes[k] = replace(scenes[k], **words)
    return replace(talk, scenes=tuple(scenes))


def moved(talk: Talk, k: int, by: int) -> Talk:
    """With scene k so many places further on, or further back, as far as there are any."""
    scenes = list(talk.scenes)
    scenes.insert(max(0, k + by), scenes.pop(k))
    return replace(talk, scenes=tuple(scenes))


def without_scene(talk: Talk, k: int) -> Talk:
    """Without scene k. ValueError if it is the only one: a talk has at least one."""
    if len(talk.scenes) == 1:
        raise ValueError("a talk has at least one scene")
    return replace(talk, scenes=(*talk.scenes[:k], *talk.scenes[k + 1 :]))


def place_of(talk: Talk, scene: Scene, k: int) -> int | None:
    """Where a scene is now that was the one at k, None if it is there no more as it was."""
    if k < len(talk.scenes) and talk.scenes[k] == scene:
        return k
    return talk.scenes.index(scene) if scene in talk.scenes else None
