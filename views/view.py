"""The one form that every view has."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, Protocol, TypeAlias, TypeVar

import plotly.graph_objects as go

from figures.before_after import BeforeAfter
from figures.lottery import Lottery
from figures.map import SettingsMap
from figures.mistakes import Mistakes
from figures.race import Race
from figures.space import SpacePicture
from figures.stage import StageFilm
from figures.sweep import Sweep
from figures.through import ThroughPicture
from figures.unit_gradients import UnitGradients
from figures.units import UnitsPicture
from figures.walk import Walk
from figures.words import Said
from recipes.settings import Preset, Settings
from runs.work import HowFar, Tell
from views.goal import Measured
from views.predict import Predict

S = TypeVar("S", bound=Settings)
N = TypeVar("N")
T = TypeVar("T", bound=Settings, contravariant=True)

Picture: TypeAlias = (
    go.Figure
    | Walk
    | StageFilm
    | Lottery
    | SettingsMap
    | Sweep
    | Race
    | Mistakes
    | ThroughPicture
    | UnitsPicture
    | UnitGradients
    | SpacePicture
    | BeforeAfter
)
Piece: TypeAlias = Callable[..., Any] | type  # of source, to be shown


class Download(NamedTuple):
    """A file that takes what the page shows away; `code` are the lines that use it, by library."""

    note: str
    label: str
    name: str
    make: Callable[[], str | bytes]
    code: Mapping[str, str] = MappingProxyType({})


class TryThis(NamedTuple):
    """One thing to try next, said as “Try what: why”; never an outcome that nobody has tried."""

    what: str
    why: str  # the rest of the sentence
    settings: Settings  # that it opens
    view: str = ""  # of which view, where their page has several
    also: str = ""  # what has to be done besides, by the name that a lock has of it


class Written(NamedTuple, Generic[T]):
    """A box of text in which a reader brings something of their own, which no link carries."""

    label: str
    help: str
    subject: Callable[[T], str]  # what it is about: another subject has another text
    usual: Callable[[T], str]  # what stands in it at first
    restore: str  # the button that brings that back


class Opened(Protocol):
    """What a link of another program comes to: settings, and sentences about it, in plain text."""

    @property
    def settings(self) -> Settings: ...

    @property
    def wrong(self) -> Sequence[str]: ...  # on each thing that cannot be read

    @property
    def missing(self) -> Sequence[str]: ...  # on each that is otherwise here


class OtherLinks(NamedTuple):
    """Links of another program that a view opens, pasted or brought by the page's own link."""

    program: str
    parameter: str  # of the page's link that brings one
    read: Callable[[str], Opened]  # ValueError, with a sentence, where it is no such link


class Building(NamedTuple, Generic[S]):
    """What a view lets a reader build on its drawing, which changes the settings."""

    buildable: Callable[[S], Mapping[str, Any]]  # what there is, and can be, as a drawing needs it
    built: Callable[[S, Any], S | None]  # of a plan that the drawing sends; None if it is none


# What is said above the code: that it runs, or what else took the steps of training.
THIS_RUNS = "This is the code that runs, read from the app itself."
AS_CODE = "This is the maths as code, read from the app itself."
HELD = (
    "which tests hold to nn_core's `Trainer` on hundreds of random settings: one step agrees to a "
    "billionth of the largest parameter."
)
TWIN = f"The steps of training were taken by a compiled twin, {HELD}"


class Trained(Protocol):
    """Numbers that came of trainings."""

    @property
    def compiled(self) -> bool: ...  # whether the loop took their steps, or nn_core


def who_took_the_steps(numbers: Trained) -> str:
    """What is said of the code beside trainings that the compiled loop may have taken over."""
    return f"{AS_CODE} {TWIN}" if numbers.compiled else THIS_RUNS


@dataclass(frozen=True)
class View(Generic[S, N]):
    """A view: what can be moved, what is shown of it, how it is drawn and said.

    name       how the page's switch and the link call it
    settings   a frozen dataclass of what can be moved
    numbers    settings → what is shown, a named tuple; with what a reader brought, a text, as a
               second argument, if the view takes any
    picture    numbers, brief → a Plotly figure, a walk, a film, a lottery, a map, a sweep, a race,
               mistakes, one image, units, gradients, points or a pair; draws, trains nothing
    caption    numbers, brief → what is on screen now, in words; `brief` is for a projector. For a
               film a list of them, each with the step from which on it is true, the last one last
    maths      the precise statements, as Markdown, or a function of the numbers that says them
    code       the functions and classes that made the numbers, to be shown as they are, or a
               function of the numbers that names them
    code_note  what is said above the code, or a function of the numbers that says it
    presets    settings worth showing, by name
    growing    the same as `numbers`, for what takes longer than a blink: it is given `tell`, to
               say how far it is (`runs/work.py`), and yields the numbers there are so far, again
               and again, until they are whole
    shared     settings → those under which the same numbers are made for all who ask for them,
               where some settings only choose what is marked in them
    seen_by    numbers, settings → the shared numbers for whoever has these settings
    opens      settings, what was touched in the picture → the view it opens, by name, and with
               which settings; None if that is nothing
    written    the box of text in which a reader brings something of their own
    trains_on  settings, parameters as the stage sends them (base64 of float64) → whether these
               fit; a view that has it takes them as what a reader brought, and trains on from them
    starts_over  settings of a training and others → why it cannot go on with these from where it
               stands, "" if it can; a view that has it can keep training, and has `trains_on`
    changeable  whether a reader can change the weights in its picture
    placing    whether a reader can place points of their own on its film
    building   how a reader can build the network on its drawing
    predict    what a reader can be asked to guess before the result is shown
    measured   numbers → what a goal can ask of them (`views/goal.py`); None as long as they are
               not whole
    counted    of what a goal counts how many are right: what the view calls them
    asked      numbers → questions a reader may ask, each with its answer
    try_this   settings, numbers → one thing to try next, chosen from what is on screen
    saved_as   the name of the file as which a reader can take the film away, "" if they cannot
    downloads  numbers → further files that take what is shown away
    turns      buttons, by what they do: their sign, and settings → what these become
    other_links  of another program that the view opens
    placed     the setting that a click on the picture's first panel sets: two coordinates there
    stepped    the setting that the keys for one step move, where nothing in the picture has steps
    heights    of the picture, as CSS, on a page and on a projector
    opening    whether its film plays once by itself, and says on a first visit what is what
    """

    name: str
    settings: type[S]
    numbers: Callable[..., N]
    picture: Callable[[N, bool], Picture]
    caption: Callable[[N, bool], str | Sequence[Said]]
    maths: Sequence[str] | Callable[[N], Sequence[str]]
    code: Sequence[Piece] | Callable[[N], Sequence[Piece]]
    code_note: str | Callable[[N], str] = THIS_RUNS
    presets: Mapping[str, Preset[S]] = field(default_factory=dict)
    growing: Callable[..., Iterator[N]] | None = None
    shared: Callable[[S], S] | None = None
    seen_by: Callable[[N, S], N] | None = None
    opens: Callable[[S, int], tuple[str, Settings] | None] | None = None
    written: Written[S] | None = None
    trains_on: Callable[[S, str], bool] | None = None
    starts_over: Callable[[S, S], str] | None = None
    changeable: bool = False
    placing: bool = False
    building: Building[S] | None = None
    predict: Predict[S] | None = None
    measured: Callable[[N], Measured | None] | None = None
    counted: str = "points"
    asked: Callable[[N], Mapping[str, str]] | None = None
    try_this: Callable[[S, N], TryThis | None] | None = None
    saved_as: str = ""
    downloads: Callable[[N], Sequence[Download]] | None = None
    turns: Mapping[str, tuple[str, Callable[[S], S]]] = field(default_factory=dict)
    other_links: OtherLinks | None = None
    placed: str = ""
    stepped: str = ""
    heights: tuple[str, str] = ("62vh", "60vh")
    opening: bool = False


def in_one_piece(numbers: Callable[..., N]) -> Callable[..., Iterator[N]]:
    """A view's `growing`, where its numbers take longer than a blink, and are there all at once."""

    def growing(*given: Any, tell: Tell) -> Iterator[N]:
        whole = numbers(*given)
        tell(HowFar(1.0))
        yield whole

    return growing


def point_of(presets: Mapping[str, Preset[S]], settings: S) -> str:
    """The point that the preset of just these settings makes; "" if there is none."""
    return next((preset.point for preset in presets.values() if preset.settings == settings), "")
