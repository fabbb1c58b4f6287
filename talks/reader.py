"""Reads a talk from its file: TOML. A broken one is refused with the line and the reason.

title = "Two scenes"
about = "For whoever wants to see the form of this file."

[[scene]]
link = "/boundaries?boundaries_layers=0"
title = "One line"

[[scene]]
link = "/neuron"
title = "One neuron"
caption = "What the audience reads."
notes = "What to say."
question = { ask = "What comes next?", answers = ["It learns", "It does not"] }

In place of answers a question can have number = 100, then a whole number up to this one is guessed
(of = "of 100 starts" says of what), or sketch = "boundary" or "loss": then the audience draws it on
the film of /boundaries.
"""

import functools
import itertools
import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from talks.talk import FILMS, SKETCHES, Question, Scene, Talk

MOST_BYTES, MOST_SCENES = 200_000, 100
MOST_ANSWERS = 9  # the keys 1 to 9 choose one
LARGEST = 999_999_999
LONGEST_TITLE, LONGEST = 80, 10_000  # letters
OF_A_TALK, OF_A_SCENE, OF_A_QUESTION = (
    ("title", "about", "scene"),
    ("link", "title", "caption", "notes", "question"),
    ("ask", "answers", "number", "of", "sketch"),
)
WAYS = ("answers", "number", "sketch")  # to guess: a question has one
# A link has them from where it was copied.
OF_THE_STAGE = ("present", "theme", "talk", "scene", "mine")
OF_A_GUESS = ("predict", "guess")  # which a question has in its own way
HEAD = re.compile(r"^[ \t]*\[\[[ \t]*(?:scene|\"scene\"|'scene')[ \t]*\]\]", re.MULTILINE)
BEFORE_A_NAME = r"^[ \t]*\[?[ \t]*(?:(?:scene|question)[ \t]*\.[ \t]*)?"
PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


class BrokenTalk(ValueError):
    """Why something is no talk, in a sentence that begins with the line, if it has one."""

    def __init__(self, why: str, line: int | None = None) -> None:
        """`why` is the sentence without the line, whose first letter may be a small one."""
        super().__init__(f"Line {line}: {why}" if line else why)
        self.why = why[:1].upper() + why[1:]


def read_talk(file: bytes, pages: Collection[str]) -> Talk:
    """The talk in a file; `pages` are the names that a link may ask for, "" for Home.

    BrokenTalk, with a sentence for the reader, if it is none.
    """
    if len(file) > MOST_BYTES:
        raise BrokenTalk(
            f"A talk's file has at most {MOST_BYTES:,} bytes; this one has {len(file):,}."
        )
    try:
        text = file.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = file.count(b"\n", 0, error.start) + 1
        raise BrokenTalk("expected text in UTF-8.", line) from None
    text = text.replace("\r\n", "\n")
    return _talk(_parsed(text), _Lines(text), pages)


def _parsed(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise BrokenTalk("brackets lie in brackets too often.", 1) from None
    except tomllib.TOMLDecodeError as error:
        told = str(error)
        place = PLACE.search(told)
        line = int(place[1]) if place and place[1] else _last_line(text)
        reason = told[: place.start()] if place else told
        raise BrokenTalk(f"this cannot be read as TOML: {reason}.", line) from None
    except ValueError:  # of thousands of digits
        raise BrokenTalk("a number in it is too long; expected texts.", 1) from None


def _last_line(text: str) -> int:
    return text.rstrip("\n").count("\n") + 1


class _Lines:
    """In which line something stands, counted from 1; found out only once something is wrong."""

    def __init__(self, text: str) -> None:
        self._text = text

    @functools.cached_property
    def _begins(self) -> list[int]:
        heads = itertools.islice(HEAD.finditer(self._text), 2 * MOST_SCENES)
        return [head.start() for head in heads if _stands_alone(self._text[: head.start()])]

    def of(self, scene: int | None, *names: str) -> int:
        """The line of the first of these names in a scene, counted from 0, or before all (None).

        Where none is to be found it is the scene's first line.
        """
        begins = self._begins
        if scene is None:
            start, end = 0, begins[0] if begins else len(self._text)
        elif scene < len(begins):
            start, end = begins[scene], [*begins, len(self._text)][scene + 1]
        else:  # scenes in one array, without heads
            start, end = 0, len(self._text)
        at = start
        for name in names:
            form = rf"{BEFORE_A_NAME}{re.escape(name)}[ \t]*[].=]"
            if found := re.compile(form, re.MULTILINE).search(self._text, start, end):
                at = found.start()
                break
        return self._text.count("\n", 0, at) + 1

    def broken(self, scene: int | None, names: Sequence[str], why: str) -> BrokenTalk:
        """The fault at that place."""
        return BrokenTalk(why, self.of(scene, *names))


def _stands_alone(before: str) -> bool:
    """Whether what comes before a line is whole, so that it is in no text of several lines."""
    try:
        tomllib.loads(before)
    except ValueError:
        return False
    return True


def _talk(said: Mapping[str, Any], lines: _Lines, pages: Collection[str]) -> Talk:
    _check_names(said, OF_A_TALK, "a talk", lines, None)
    title = _text(said, "title", lines, None, LONGEST_TITLE)
    about = _text(said, "about", lines, None, optional=True)
    scenes = said.get("scene")
    if not isinstance(scenes, list) or not scenes:
        needs = "a talk needs at least one scene, which begins with [[scene]]."
        raise lines.broken(None, ["scene"], needs)
    if len(scenes) > MOST_SCENES:
        raise lines.broken(MOST_SCENES, [], f"a talk has at most {MOST_SCENES} scenes.")
    return Talk(title, about, tuple(_scene(one, lines, k, pages) for k, one in enumerate(scenes)))


def _scene(said: Any, lines: _Lines, k: int, pages: Collection[str]) -> Scene:
    if not isinstance(said, dict):
        raise lines.broken(k, [], "expected a scene with a link and a title.")
    _check_names(said, OF_A_SCENE, "a scene", lines, k)
    page, settings = _asked_for(_text(said, "link", lines, k), pages, lines, k)
    question = _question(said, lines, k)
    if question:
        settings = tuple(pair for pair in settings if pair[0] not in OF_A_GUESS)
    scene = Scene(
        page,
        settings,
        _text(said, "title", lines, k, LONGEST_TITLE),
        _text(said, "caption", lines, k, optional=True),
        _text(said, "notes", lines, k, optional=True),
        question,
    )
    if question and question.sketch and not scene.begins_as_film:
        film = (
            f"a sketch is drawn on a film of /{FILMS} from its beginning, and this is another link."
        )
        raise lines.broken(k, ["sketch", "question"], film)
    return scene


def _asked_for(
    link: str, pages: Collection[str], lines: _Lines, k: int
) -> tuple[str, tuple[tuple[str, str], ...]]:
    try:
        return read_link(link, pages)
    except BrokenTalk as broken:
        raise lines.broken(k, ["link"], str(broken)) from None


def read_link(link: str, pages: Collection[str]) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The page that a link asks for and its parameters, from wherever it was copied.

    It may be a whole address, of whatever server. BrokenTalk, without a line, if it is none.
    """
    try:
        link.encode()
        parts = urlsplit(link.strip())
        settings = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=500)
    except ValueError:
        raise BrokenTalk(f"“{_short(link)}” is no link.") from None
    before, _, page = parts.path.rpartition("/")
    if not page and before.rpartition("/")[2] in pages:  # a slash may end it
        page = before.rpartition("/")[2]
    if page not in pages:
        known = ", ".join(f"/{name}" for name in pages)
        raise BrokenTalk(f"there is no page “{_short(page)}”: expected a link to one of {known}.")
    return page, tuple(pair for pair in settings if pair[0] not in OF_THE_STAGE)


def _question(said: Mapping[str, Any], lines: _Lines, k: int) -> Question | None:
    asked = said.get("question")
    if asked is None:
        return None
    if not isinstance(asked, dict):
        raise lines.broken(k, ["question"], "expected a question with ask and answers.")
    _check_names(asked, OF_A_QUESTION, "a question", lines, k)
    ask, ways = asked.get("ask"), [way for way in WAYS if way in asked]
    if not isinstance(ask, str) or not ask.strip():
        why = 'a question needs a text, as in ask = "Will it learn?".'
        raise lines.broken(k, ["ask", "question"], why)
    ask = _lines_of(ask).strip()
    if len(ways) != 1:
        why = "a question needs one of answers, number and sketch"
        raise lines.broken(k, [*ways[1:], "question"], f"{why}, and has {len(ways) or 'none'}.")
    if "of" in asked and ways != ["number"]:
        raise lines.broken(
            k, ["of", "question"], "of says of what a number is, and this question asks for none."
        )
    match ways[0]:
        case "answers":
            return Question(ask, answers=_answers(asked["answers"], lines, k))
        case "number":
            of = _text(asked, "of", lines, k, LONGEST_TITLE, optional=True)
            return Question(ask, number=_number(asked["number"], lines, k), of=of)
    if asked["sketch"] not in SKETCHES:
        expected = " or ".join(f'sketch = "{one}"' for one in SKETCHES)
        raise lines.broken(k, ["sketch", "question"], f"expected {expected}.")
    return Question(ask, sketch=asked["sketch"])


def _answers(said: Any, lines: _Lines, k: int) -> tuple[str, ...]:
    if not (
        isinstance(said, list)
        and 2 <= len(said) <= MOST_ANSWERS
        and all(isinstance(answer, str) and answer.strip() for answer in said)
        and len({_lines_of(answer).strip() for answer in said}) == len(said)
    ):
        needs = f"a question needs 2 to {MOST_ANSWERS} answers, each another text"
        raise lines.broken(k, ["answers", "question"], f'{needs}, as in answers = ["yes", "no"].')
    return tuple(_lines_of(answer).strip() for answer in said)


def _number(said: Any, lines: _Lines, k: int) -> int:
    if not isinstance(said, int) or isinstance(said, bool) or not 1 <= said <= LARGEST:
        most = f"expected a whole number from 1 to {LARGEST:,}, the most that can be guessed"
        raise lines.broken(k, ["number", "question"], f"{most}, as in number = 100.")
    return said


def _text(
    said: Mapping[str, Any],
    name: str,
    lines: _Lines,
    scene: int | None,
    longest: int = LONGEST,
    optional: bool = False,
) -> str:
    value, form = said.get(name, ""), f'{name} = "…"'
    if not isinstance(value, str):
        raise lines.broken(scene, [name], f"expected a text in quotes, as in {form}.")
    if not value.strip() and not optional:
        whose = "a talk" if scene is None else f"scene {scene + 1}"
        raise lines.broken(scene, [name], f"{whose} needs a {name}, as in {form}.")
    if len(value) > longest:
        raise lines.broken(scene, [name], f"a {name} has at most {longest:,} letters.")
    return _lines_of(value).strip()


def _lines_of(text: str) -> str:
    """A text whose lines end in one way."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _check_names(
    said: Mapping[str, Any], known: Collection[str], of: str, lines: _Lines, scene: int | None
) -> None:
    for name in said:
        if name not in known:
            why = f"{of} has no “{_short(name)}”: expected {', '.join(known)}."
            raise lines.broken(scene, [name], why)


def _short(text: str, most: int = 40) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
