"""What a talk is: scenes in an order, each a page with settings and the words that go with it."""

import re
from dataclasses import dataclass

SHOWN = "-"  # in place of a guess: the scene was shown without one
FILMS = "boundaries"  # the page of films on which a boundary or a loss can be drawn
SKETCHES = ("loss", "boundary")  # what can be drawn of a film before it is seen


@dataclass(frozen=True)
class Question:
    """What an audience is asked before it sees a scene, and the one way in which it can guess."""

    ask: str
    answers: tuple[str, ...] = ()  # to choose from,
    number: int = 0  # or a whole number up to this one,
    of: str = ""  # of what ("of 100 starts"),
    sketch: str = ""  # or a drawing, one of SKETCHES

    def fits(self, guess: str) -> bool:
        """Whether this text, from an address, can be a guess; of a drawing its view knows more.

        An answer is its number, counted from 1.
        """
        if guess == SHOWN or self.sketch:
            return bool(guess)
        least, most = (1, len(self.answers)) if self.answers else (0, self.number)
        return re.fullmatch("[0-9]{1,9}", guess) is not None and least <= int(guess) <= most

    def said(self, guess: str) -> str:
        """A guess in words; "" of a drawing, which is seen, and where there is none."""
        if not guess or guess == SHOWN or self.sketch:
            return ""
        if self.answers:
            return self.answers[int(guess) - 1]
        return f"{int(guess):,} {self.of}".strip()


@dataclass(frozen=True)
class Scene:
    """One point: a page in a state, a title, and words."""

    page: str  # its name in the address, "" for Home
    settings: tuple[tuple[str, str], ...]  # parameters of the page's link, in its order
    title: str
    caption: str = ""  # for the audience, beside the title
    notes: str = ""  # what to say, for whoever speaks
    question: Question | None = None

    @property
    def begins_as_film(self) -> bool:
        """Whether it is a film of `FILMS` at its beginning, which gives nothing of its end away."""
        said = dict(self.settings)
        return (
            self.page == FILMS
            and said.get(f"{FILMS}_view", "film") == "film"
            and said.get("at", "") in ("", "0")
        )


@dataclass(frozen=True)
class Talk:
    """Scenes, at least one, and what they are together."""

    title: str
    about: str  # for whom it is, and how long it takes
    scenes: tuple[Scene, ...]
