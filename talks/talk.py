"""What a talk is: scenes in an order, each a page with settings and the words that go with it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    """What an audience is asked before it sees a scene, and the answers it can choose from."""

    ask: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Scene:
    """One point: a page in a state, a title, and words."""

    page: str  # its name in the address, "" for Home
    settings: tuple[tuple[str, str], ...]  # parameters of the page's link, in its order
    title: str
    caption: str = ""  # for the audience, beside the title
    notes: str = ""  # what to say, for whoever speaks
    question: Question | None = None


@dataclass(frozen=True)
class Talk:
    """Scenes, at least one, and what they are together."""

    title: str
    about: str  # for whom it is, and how long it takes
    scenes: tuple[Scene, ...]
