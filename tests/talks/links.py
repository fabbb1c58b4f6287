"""From the link of a scene to settings, without a page."""

from typing import TypeVar

from recipes.settings import Choices, Range, Settings, plain
from talks.talk import Scene

S = TypeVar("S", bound=Settings)


def settings_of(scene: Scene, kind: type[S]) -> S:
    """What the link of a scene says of these settings."""
    said, values = dict(scene.settings), {}
    for name, setting in kind.allowed().items():
        if (text := said.get(kind.key(name))) is None:
            continue
        match setting:
            case Choices():
                (values[name],) = (value for value in setting.values if plain(value) == text)
            case Range():
                values[name] = type(setting.step)(text)
            case _:
                values[name] = text == "true" if text in ("true", "false") else text
    return kind(**values)
