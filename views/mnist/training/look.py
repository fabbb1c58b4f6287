"""One look at a run, or at the recording, beside what the controls say."""

from dataclasses import dataclass
from typing import NamedTuple

from datasets.digits import Digits, Kind, Subject, as_numbers
from figures.words import as_written
from recipes.mnist import MOST_LAYERS, MnistSettings, presets_of
from recipes.mnist_verdict import Ended, ended, read_as
from recipes.settings import APART, between, switch
from runs.began import Began
from runs.continued import cannot_continue
from runs.elsewhere import RunElsewhere
from runs.run import Progress, Run, State, TrainingRun
from runs.subjects import LONGEST_TITLE
from views.mnist.off import off_setting
from views.mnist.training.curves import TrainingCurves, training_curves
from views.mnist.training.paper import TRIED_ON
from views.view import point_of

TRAIN, BRING = "run", "bring"  # what can be done on the page besides, as a lock calls it


@dataclass(frozen=True)
class Settings(MnistSettings):
    """A network on small images, how it is trained, and how that is drawn."""

    smooth: bool = switch(False, "Smooth the loss")
    only_paper: bool = switch(
        False, "Only the paper", "The paper to draw on fills the page, for many who watch it."
    )
    wall_layer: int = between(
        1, 1, MOST_LAYERS, 1, "Layer on the wall", "A hidden layer, from 1 on.", stands=APART
    )
    off: str = off_setting()


class Numbers(NamedTuple):
    """One look at a run, or at the recording, beside what the controls say."""

    progress: Progress
    curves: TrainingCurves
    trained: MnistSettings  # how it is, or was, trained
    chosen: MnistSettings  # what the controls say
    point: str  # that the controls make, if they are a preset's, which speak of digits
    recorded: bool  # whether it is the recording
    place: int  # in the queue; 0 if it does not wait
    missing: Subject | None  # the images it learned from, if they are not here
    others: str  # what it learned from, if that is not what the page has; "" if it is
    brought: str  # what the page has, if a reader brought it; "" if not
    looking: bool  # whether MNIST is still being looked for
    unsaved: str  # a sentence, if its file could not be written, or is another's to write
    rests_because: str  # a sentence, if it was not a reader who paused it
    of_those: float | None = None  # the share of the brought digits that a recording reads
    ended: Ended | None = None  # what it came to, if it has ended and its digits are here
    subject: Subject = Subject.of(Kind.MNIST)  # what it learned from
    next: Subject = Subject.of(Kind.MNIST)  # what the next run would learn from
    began: Began | None = None  # with what, if not with weights drawn by chance
    stays: str = ""  # why it cannot be continued as the controls say, as a sentence


def numbers(
    settings: Settings, run: Run, looking: bool = False, here: Digits | None = None
) -> Numbers:
    """A look at this run, which keeps it going; `looking` says that MNIST may still be found.

    `here` are the digits that the page has, if they are not those that the run learned from.
    """
    progress, chosen, recorded = run.look(), settings.recipe, not run.id
    learns = here.subject if recorded and here is not None else run.digits  # if it is started
    return Numbers(
        progress,
        run.once(
            progress,
            ("curves", settings.smooth),
            lambda: training_curves(progress, settings.smooth, run.digits.things)._replace(
                surely_unseen=not (run.began and run.began.file)
            ),
        ),
        run.settings,
        chosen,
        point_of(presets_of(learns), chosen),
        recorded,
        run.place,
        None if recorded or isinstance(run, TrainingRun | RunElsewhere) else run.digits,
        "" if here is None else _others(run, here),
        here.subject.title if here is not None and here.kind is Kind.BROUGHT else "",
        looking,
        run.unsaved,
        run.rests_because,
        _reads_brought(run, progress, here) if recorded and here is not None else None,
        _ended(run, progress),
        run.digits,
        here.subject if here is not None else run.digits,
        run.began,
        cannot_continue(run, chosen, here.subject if here is not None else run.digits),
    )


def _others(run: Run, here: Digits) -> str:
    """What a run learned from, if it is not what is here."""
    if run.digest == here.digest if run.digest else run.digits.kind is here.kind:
        return ""
    again = run.digits.kind is here.kind is Kind.BROUGHT and run.digits.title == here.subject.title
    return f"other {called(run.digits.title)}" if again else called(run.digits.title)


def _reads_brought(run: Run, progress: Progress, here: Digits) -> float | None:
    """The share of the first test images that a reader brought which a recording reads right."""
    if here.kind is not Kind.BROUGHT or not len(here.t_test):
        return None
    if (here.subject.side, here.classes) != (run.digits.side, run.digits.classes):
        return None
    x, t = as_numbers(here.x_test[:TRIED_ON]), here.t_test[:TRIED_ON]
    return run.once(
        progress,
        ("reads", here.digest),
        lambda: float((read_as(run.net(progress), x) == t).mean()),
    )


def _ended(run: Run, progress: Progress) -> Ended | None:
    if progress.state is not State.FINISHED or not isinstance(run, TrainingRun):
        return None
    if run.began:  # what it came to has its reasons in what it began with, too
        return None
    net, trainer = run.net(progress), run.trainer
    assert trainer.validation is not None  # the test images
    digits = Digits(
        run.digits.kind, trainer.x, trainer.t, *trainer.validation, classes=run.digits.classes
    )
    return run.once(progress, "ended", lambda: ended(run.settings, net, progress.history, digits))


def called(title: str) -> str:
    """A name that a reader may have given, as a caption can have it."""
    return as_written(title, LONGEST_TITLE)


def is_before(numbers: Numbers) -> bool:
    """Whether the run on screen is over, and the controls have moved on since."""
    state = numbers.progress.state
    over = not state.live and state is not State.PAUSED
    return over and not numbers.recorded and numbers.chosen != numbers.trained
