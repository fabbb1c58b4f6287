"""From a scene to what a file has of it."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from datasets.digits import Digits
from figures.lottery import Lottery
from figures.map import SettingsMap
from figures.race import Race
from figures.stage import StageFilm
from figures.sweep import Sweep
from figures.walk import Walk
from figures.words import Said, as_written, sentences
from recipes.mnist import MnistSettings
from talks.talk import Scene
from ui.brought import NAME as OF_THE_SERVER
from ui.browser.chart import chart_data, drawn_for
from ui.browser.many import many_data
from ui.browser.race import race_data
from ui.browser.stage import film_data
from ui.browser.walk import walk_data
from ui.captions import CHANGED, film_in, said_of
from ui.digits import PARAMETER as DATA
from ui.moment import BEGINNING, MOMENT, PARAMETER as AT, STEP
from ui.offline.digits import digits_in_file
from ui.offline.link import settings_of, view_of
from ui.offline.piece import HEIGHT, KEY, Piece, SceneInFile
from ui.runs import PARAMETER as RUN
from views.view import Picture, View

NOT_HERE = "Not in this file: {}. It is shown by the app itself, under this scene's link: {}"


def link_of(scene: Scene) -> str:
    """A scene's link as its talk has it, without the place of the app."""
    said = "&".join(f"{key}={value}" for key, value in scene.settings)
    return f"/{scene.page}?{said}" if said else f"/{scene.page}"


def not_here(scene: Scene, what: str) -> SceneInFile:
    """A scene that a file cannot have, and why."""
    return SceneInFile([], missing=NOT_HERE.format(what, as_written(link_of(scene), 2000)))


def scene_in_file(scene: Scene, here: Digits | None) -> SceneInFile:
    """What a file has of a scene. It trains what the scene shows, if that is not kept already.

    `here` are the images that its talk needs (`digits_for`).
    """
    said = dict(scene.settings)
    if RUN in said or DATA in said:
        return not_here(scene, "a training, or images, that somebody brought or began in the app")
    view, wrong = view_of(scene)
    settings, misread = settings_of(scene, view.settings)
    own = said.get(settings.key("own"))
    if own and (own.startswith(OF_THE_SERVER) or view.trains_on is None):
        return not_here(scene, "weights that lie on the app's server")
    if here is not None and scene.page == MnistSettings.page:
        return digits_in_file(view, settings, [*wrong, *misread], here)
    if not scene.page:
        settings = type(settings)()
    settings, replaced = settings.settled()
    numbers = view.numbers(settings) if own is None else view.numbers(settings, own)
    picture, notes = view.picture(numbers, True), sentences(*wrong, *misread, *replaced)
    at = _moment(picture, view, said.get(AT, ""))
    words = said_of(view.caption(numbers, True), notes)
    return SceneInFile(
        [_piece(picture, view, settings, at, words)],
        words,
        sentences(notes, CHANGED) if isinstance(picture, StageFilm | Race) else "",
        at == BEGINNING,
    )


def _moment(picture: Picture, view: View, asked: str) -> str:
    """The moment at which a film comes: as in the app's talks its beginning, if none is asked for.

    "" of what is no film, and of one that plays by itself.
    """
    if isinstance(picture, StageFilm | Race):
        form = MOMENT
    elif isinstance(picture, go.Figure) and film_in(picture):
        form = STEP
    else:
        return ""
    return asked if form.fullmatch(asked) else "" if view.opening else BEGINNING


def _piece(picture: Picture, view: View, settings: Any, at: str, said: Sequence[Said]) -> Piece:
    """A view's picture in the way of its kind, as `ui/pictures.py` draws it on a projector."""
    match picture:
        case go.Figure():
            return Piece("chart", chart_data(drawn_for(picture, True), KEY, HEIGHT, True, at, said))
        case StageFilm():
            film = film_data(picture.message, KEY, HEIGHT, True, at, view.opening)
            return Piece("stage", film | {"unseen": at == BEGINNING})
        case Lottery() | SettingsMap() | Sweep():
            return Piece(view.name, many_data(picture.message, HEIGHT, True))
        case Race():
            return Piece("race", race_data(picture.message, KEY, HEIGHT, True, at))
        case Walk():
            step, row = getattr(settings, "step", 1), getattr(settings, "row", 1)
            data = walk_data(picture, KEY, step - 1, HEIGHT, True, sample=row - 1)
            return Piece("walk", data)
    raise TypeError(f"no way to draw a {type(picture).__name__}")
