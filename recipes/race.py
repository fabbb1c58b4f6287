"""Two networks side by side on the same points: what one has otherwise than the other."""

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Self

from recipes.boundaries import NETWORK, POINTS, BoundariesSettings
from recipes.lottery import film_of
from recipes.meanings import in_plain_words
from recipes.settings import (
    ROW,
    Choices,
    Range,
    Several,
    Text,
    choices,
    plain,
    shortened,
    spoken,
    text,
)

ALLOWED = BoundariesSettings.allowed()
NAMES = {  # of every setting that can differ, by what it is called; the points cannot
    spoken(setting.label): name
    for name, setting in ALLOWED.items()
    if name not in (*BoundariesSettings.standing()[POINTS], "dataset", "own_points")
}
KNOBS = tuple(called for called, name in NAMES.items() if name not in ("inputs", "widths"))
CALLED = {name: called for called, name in NAMES.items()}
RIGHT = "Right"


def parse_also(written: str) -> dict[str, Any]:
    """What else differs, as a reader writes it: "hidden units 8; inputs x₁, x₂", by field.

    ValueError, with a sentence for the reader, if it says anything else.
    """
    if not isinstance(written, str):
        raise ValueError(f"expected a text, got {written!r}")
    values = {}
    for part in filter(None, (part.strip() for part in written.split(";"))):
        called = max((c for c in NAMES if part.startswith(c)), key=len, default="")
        if not called:
            raise ValueError(
                f"“{shortened(part)}” names no setting: expected one such as hidden units 8"
            )
        values[NAMES[called]] = value_of(NAMES[called], part.removeprefix(called).strip())
    return values


def value_of(name: str, written: str) -> Any:
    """The value of a setting, read from a text. ValueError, with a sentence, if it is none."""
    setting = ALLOWED[name]
    value: Any = written
    match setting:
        case Choices(values=values):
            value = next((known for known in values if plain(known) == written), None)
        case Range():
            value = int(written) if written.isascii() and written.isdigit() else None
        case Several():
            value = tuple(part.strip() for part in written.split(","))
    if not setting.allows(value):
        raise ValueError(
            f"“{shortened(written)}” is no {CALLED[name]}: expected {setting}"
            if not isinstance(setting, Text)
            else f"“{shortened(written)}” is no {CALLED[name]}"
        )
    return value


def parse_other(written: str) -> str:
    """What some knob can be on the right. ValueError, with a sentence, if none can be that."""
    if not isinstance(written, str):
        raise ValueError(f"expected a text, got {written!r}")
    for knob in KNOBS:
        with contextlib.suppress(ValueError):
            value_of(NAMES[knob], written)
            return written
    raise ValueError(f"“{shortened(written)}” is nothing that any of {', '.join(KNOBS)} can be")


@dataclass(frozen=True)
class RaceSettings(BoundariesSettings):
    """The left one of two networks, and what the right one has otherwise."""

    hidden: int = BoundariesSettings.elsewhere("hidden", NETWORK)
    dataset: str = BoundariesSettings.elsewhere("dataset", POINTS)
    knob: str = choices(
        "learning rate", KNOBS, "They differ in", "What is otherwise on the right.", stands=ROW
    )
    other: str = text("0.3", parse_other, "Right has", "What it is on the right.", stands=ROW)
    also: str = text(
        "",
        parse_also,
        "Also otherwise on the right",
        "Then the race is not fair any more: hidden units 8; inputs x₁, x₂, x₁x₂.",
        stands=RIGHT,
        empty="nothing",
    )

    def options(self, name: str) -> tuple[tuple[str, ...], str] | None:
        """What the knob can be on the right."""
        if name != "other":
            return None
        setting, usual = ALLOWED[NAMES[self.knob]], type(self).other
        if isinstance(setting, Range):
            low, high, step = int(setting.low), int(setting.high), int(setting.step)
            known = tuple(map(str, range(low, high + 1, step)))
        else:
            assert isinstance(setting, Choices)
            known = tuple(map(plain, setting.values))
        return known, usual if usual in known else known[1]

    def settled(self) -> tuple[Self, list[str]]:
        """The same with what does not fit replaced, and a sentence for the reader on each."""
        settings, sentences = super().settled()
        try:
            value_of(NAMES[settings.knob], settings.other)
        except ValueError as error:
            found = settings.options("other")
            assert found is not None
            settings = replace(settings, other=found[1])
            sentences.append(f"On the right {error}, so it is {found[1]}.")
        others = _right_of(settings).settled()[1]
        return settings, sentences + [s for s in others if s not in sentences]


class Sides(NamedTuple):
    """Both networks' settings, and the names of those that differ."""

    left: BoundariesSettings
    right: BoundariesSettings
    differing: list[str]


def _right_of(settings: RaceSettings) -> BoundariesSettings:
    """The right one's: what is said last counts."""
    name, left = NAMES[settings.knob], film_of(settings)
    right = replace(left, **{name: value_of(name, settings.other)})
    if right != left:
        right = right.after_moving(name)
    return replace(right, **parse_also(settings.also))


def sides(settings: RaceSettings) -> Sides:
    """Both sides of a race, as they are trained."""
    left, right = film_of(settings), _right_of(settings).settled()[0]
    return Sides(left, right, differing(left, right))


def differing(left: BoundariesSettings, right: BoundariesSettings) -> list[str]:
    """The names of the settings that make the two networks different ones.

    The sliders of units and layers say nothing beside layers that were written one by one.
    """
    names = [name for name in ALLOWED if getattr(left, name) != getattr(right, name)]
    if left.hidden_layers() == right.hidden_layers():
        return [name for name in names if name not in ("hidden", "layers", "widths", "activation")]
    if left.widths or right.widths:  # one written, or both: the sliders say nothing, or gave way
        return [name for name in names if name not in ("hidden", "layers")]
    return names


def said(settings: BoundariesSettings, names: Iterable[str]) -> str:
    """What these settings are, as the curves are named: “learning rate 0.3”."""

    def one(name: str) -> str:
        if name == "widths":
            return f"layers {'-'.join(str(units) for units, _ in settings.hidden_layers())}"
        return f"{CALLED[name]} {in_plain_words(plain(getattr(settings, name)))}"

    return ", ".join(map(one, names))


def swapped(settings: RaceSettings) -> RaceSettings:
    """Left and right exchanged."""
    left, right, names = sides(settings)
    return _as_race(right, left, names, settings.knob)


def copied(settings: RaceSettings) -> RaceSettings:
    """The right one made like the left one."""
    return _as_race(film_of(settings), film_of(settings), [], settings.knob)


def _as_race(
    left: BoundariesSettings, right: BoundariesSettings, names: Iterable[str], knob: str
) -> RaceSettings:
    """A race of these two, which differ in the settings of these names."""
    field = NAMES[knob]
    also = [f"{CALLED[name]} {plain(getattr(right, name))}" for name in names if name != field]
    other = plain(getattr(right, field))
    return RaceSettings(**vars(left), knob=knob, other=other, also="; ".join(also))
