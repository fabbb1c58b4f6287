"""A scene on the MNIST page as a file has it: a recording's weights and paper, a look inside."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from datasets.digits import Digits
from figures.packed import packed
from figures.words import as_written, sentences
from recipes.mnist import MnistSettings
from runs.answers import unseen_by
from runs.recording import Recording, recorded_run
from runs.run import Run
from runs.shelf import shelf
from talks.talk import Scene, Talk
from ui.browser.chart import chart_data, drawn_for
from ui.browser.many import many_data
from ui.browser.pad import pad_data
from ui.browser.wall import wall_data
from ui.captions import said_of
from ui.mnist.look import PICTURES
from ui.mnist.unit import PARAMETER as UNIT, layer_on_the_wall
from ui.offline.piece import HEIGHT, KEY, Piece, SceneInFile
from views.mnist import before_after, space, training
from views.mnist.off import without_units, write_off
from views.mnist.training.kept import OTHERWISE, said_in_a_talk
from views.mnist.training.networks import halved
from views.mnist.training.paper import OnPaper, readers, reading, tried_on
from views.mnist.training.wall import thinned, weight_wall
from views.mnist.training.words import who_reads
from views.view import View

PATIENCE = 600.0  # seconds: a download takes its time
SAMPLES = 20  # test images that travel with the paper
WALL_BYTES = 400_000  # that the pictures of all moments take
WIDTHS = 1.1, 1.0, 1.0  # of wall, curves and paper


def digits_for(talk: Talk) -> Digits | None:
    """The images that a talk's scenes need, once they are found; None if they need none."""
    needed = any(scene.page == MnistSettings.page for scene in talk.scenes)
    return shelf().digits(PATIENCE) if needed else None


def digits_in_file(
    scene: Scene, view: View, settings: MnistSettings, wrong: Sequence[str], here: Digits
) -> SceneInFile:
    """What a file has of a scene on the MNIST page: of one of the recordings."""
    run, notes = recorded_run(Recording.of(settings.recipe)), sentences(*wrong)
    if view.name == training.VIEW.name:
        unit = dict(scene.settings).get(UNIT, "")
        opened = f"In the app unit {as_written(unit)} is open here." if unit else ""
        return _training(view, run, settings, here, notes, opened)
    return _look(view, run, settings, here, notes)


def _training(
    view: View, run: Run, settings: Any, here: Digits, notes: str, opened: str
) -> SceneInFile:
    now = view.numbers(settings, run, here=here)
    progress, (images, labels) = now.progress, tried_on(run, here)
    less = without_units(run, unseen_by(run, here), settings.off)
    notes = sentences(notes, less.words)
    who = readers(run, progress, less.off)
    on_it = OnPaper(images[0], int(labels[0])) if len(images) else OnPaper(None)
    pad = pad_data(
        on_it.image,
        run.digits.side,
        who,
        [reading(reader, on_it) for reader in who],
        [halved(reader) for reader in who],
        run.digits.things,
        HEIGHT,
        big=True,
        large=settings.only_paper,
    )
    samples = {
        "images": packed((images[:SAMPLES] * 255).round().astype(np.uint8)),
        "labels": [int(label) for label in labels[:SAMPLES]],
    }
    if settings.only_paper:
        other = "" if now.chosen == now.trained else OTHERWISE
        said = said_of(sentences(other, who_reads(now)), notes)
        return SceneInFile([Piece("pad", pad)], said, samples=samples)
    layer = layer_on_the_wall(run, settings.wall_layer)
    whole = weight_wall(progress, run.net(progress), images, over_time=True, layer=layer)
    wall = thinned(whole, WALL_BYTES).message() | {
        "classes": run.digits.classes,
        "activation": run.settings.activation,
        "off": write_off(less.off),
    }
    curves = drawn_for(view.picture(now, True), True)
    return SceneInFile(
        [
            Piece("wall", wall_data(wall, KEY, HEIGHT, big=True), WIDTHS[0]),
            Piece("chart", chart_data(curves, "curves", HEIGHT, big=True), WIDTHS[1]),
            Piece("pad", pad, WIDTHS[2]),
        ],
        said_of(said_in_a_talk(now), sentences(notes, opened)),
        samples=samples,
    )


def _look(view: View, run: Run, settings: Any, here: Digits, notes: str) -> SceneInFile:
    beside = []
    if isinstance(settings, before_after.Settings):
        other = Recording.named(settings.other_run)
        beside = [recorded_run(other) if other else None]
    numbers = view.numbers(settings, run, unseen_by(run, here), *beside)
    said = said_of(view.caption(numbers, True), notes)
    if numbers.look.nothing:
        return SceneInFile([], said)
    picture: Any = view.picture(numbers, True)
    message = _at_this_moment(view, picture.message)
    return SceneInFile([Piece(PICTURES[view.name], many_data(message, HEIGHT, big=True))], said)


def _at_this_moment(view: View, message: dict[str, Any]) -> dict[str, Any]:
    """A message that offers no other moments than its own: only the app could show these."""
    if view.name == space.NAME:  # all of its moments are in it
        return message
    cut: dict[str, Any] = {
        name: _at_this_moment(view, one)
        for name, one in message.items()
        if name in ("first", "second") and isinstance(one, dict)
    }
    if "moments" in message:
        at = message["at"]
        cut |= {"moments": [message["moments"][at]], "epochs": [message["epochs"][at]], "at": 0}
    return message | cut
