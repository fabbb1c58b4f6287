"""From a scene to what a file has of it."""

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from datasets.digits import Digits
from datasets.own_points import OWN
from figures.lottery import Lottery
from figures.map import SettingsMap
from figures.race import Race
from figures.stage import StageFilm
from figures.sweep import Sweep
from figures.walk import Walk
from figures.words import Said, as_written, sentences
from recipes.boundaries import are_here
from recipes.mnist import MnistSettings
from runs.recording import Recording
from talks.talk import Scene
from talks.writer import link_of
from ui.brought import is_gone, read_start
from ui.browser.chart import chart_data, drawn_for
from ui.browser.many import many_data
from ui.browser.race import race_data
from ui.browser.stage import film_data
from ui.browser.walk import walk_data
from ui.captions import CHANGED, in_a_file, moment_of, said_of
from ui.digits import PARAMETER as DATA
from ui.goal import goal_in_words, read_asked
from ui.lock import CHANGE, LOCK, PREDICT, Lock, lock_of
from ui.moment import BEGINNING, PARAMETER as AT
from ui.offline.digits import digits_in_file
from ui.offline.link import settings_of, view_of, views_of
from ui.offline.piece import HEIGHT, KEY, Piece, SceneInFile
from ui.points import about_them
from ui.predict import UNDRAWN, Guess, draws, on_stage
from ui.runs import PARAMETER as RUN
from ui.unknown import about_unknown, unknown
from views.view import Picture, View

NOT_HERE = "Not in this file: {}. It is shown by the app itself, under this scene's link: {}"
BY_SOMEBODY = "a training, or images, that somebody brought or began in the app"


def not_here(scene: Scene, what: str) -> SceneInFile:
    """A scene that a file cannot have, and why."""
    return SceneInFile([], missing=NOT_HERE.format(what, as_written(link_of(scene), 2000)))


def scene_in_file(scene: Scene, here: Digits | None) -> SceneInFile:
    """What a file has of a scene. It trains what the scene shows, if that is not kept already.

    `here` are the images that its talk needs (`digits_for`).
    """
    said = dict(scene.settings)
    view, wrong = view_of(scene)
    settings, misread = settings_of(scene, view.settings)
    other = getattr(settings, "other_run", "")
    if said.get(RUN) or said.get(DATA) or (other and Recording.named(other) is None):
        return not_here(scene, BY_SOMEBODY)
    alien = about_unknown(unknown(said, list(views_of(scene.page).values())))
    wrong = [*wrong, *misread, *alien, *_only_in_the_app(said, view)]
    if here is not None and scene.page == MnistSettings.page:
        return digits_in_file(scene, view, settings, wrong, here)
    if not scene.page:
        settings = type(settings)()
    if getattr(settings, "dataset", "") == OWN and not are_here(settings.own_points):
        return not_here(scene, "points that lie on the app's server")
    settings, replaced = settings.settled()
    own, began = None, ""
    if view.trains_on and (brought := said.get(settings.key("own"))):
        if is_gone(brought):
            return not_here(scene, "weights that lie on the app's server")
        own, began = read_start(brought, view.trains_on, settings)
    given = (settings,) if own is None else (settings, own)
    numbers = view.numbers(*given)
    picture = view.picture(numbers, True)
    at, misread_at = moment_of(picture, said.get(AT, ""), not view.opening)
    asks = scene.question.sketch if scene.question else ""
    asking = _asking(asks, view, given) if asks else None
    undrawn = UNDRAWN.format(asks) if asks and not asking else ""
    about = about_them(settings, True)
    notes = sentences(*wrong, *replaced, about, began, misread_at, undrawn)
    words = in_a_file(said_of(view.caption(numbers, True), notes))
    piece = _piece(picture, view, settings, at, words, lock_of(said.get(LOCK, "")))
    return SceneInFile(
        [piece._replace(data=piece.data | {"asking": asking}) if asking else piece],
        words,
        sentences(notes, CHANGED) if isinstance(picture, StageFilm | Race) else "",
        at == BEGINNING,
        draws=asks if asking else "",
    )


def _only_in_the_app(said: Mapping[str, str], view: View) -> list[str]:
    """A sentence on each thing that a link asks for and a file cannot do."""
    sentences, goal = list[str](), read_asked(said)
    if goal.sentence or goal.goal:
        sentences.append(f"{goal_in_words(goal, view)} The app says whether it is reached.")
    if view.predict and said.get(PREDICT) == "true":
        sentences.append("In the app a guess is asked for first.")
    return sentences


def _asking(asks: str, view: View, given: Sequence[Any]) -> dict[str, Any] | None:
    """What the stage gets in place of its film until that is drawn; None if it cannot be.

    `given` is what the view's numbers are made of.
    """
    assert view.predict is not None  # a talk's file has a sketch on films only
    question = view.predict.question(given[0])
    if asks not in map(draws, question.ways):
        return None
    before = view.picture(view.predict.before(*given), True)
    guess = Guess(question, (view.settings.page, view.name), tuple(given), "", asks, scenes=True)
    return {"film": before.message, "guess": on_stage(guess)}


def _piece(
    picture: Picture, view: View, settings: Any, at: str, said: Sequence[Said], lock: Lock
) -> Piece:
    """A view's picture in the way of its kind, as `ui/pictures.py` draws it on a projector."""
    match picture:
        case go.Figure():
            return Piece("chart", chart_data(drawn_for(picture, True), KEY, HEIGHT, True, at, said))
        case StageFilm():
            film = film_data(picture.message, KEY, HEIGHT, True, at, view.opening)
            how = {"unseen": at == BEGINNING, "fixed": lock.holds(CHANGE)}
            return Piece("stage", film | how)
        case Lottery() | SettingsMap() | Sweep():
            return Piece(view.name, many_data(picture.message, HEIGHT, True))
        case Race():
            return Piece(
                "race", race_data(picture.message, KEY, HEIGHT, True, at, lock.holds(CHANGE))
            )
        case Walk():
            step, row = getattr(settings, "step", 1), getattr(settings, "row", 1)
            data = walk_data(picture, KEY, step - 1, HEIGHT, True, sample=row - 1)
            return Piece("walk", data)
    raise TypeError(f"no way to draw a {type(picture).__name__}")
