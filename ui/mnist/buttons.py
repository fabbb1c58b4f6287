"""What can be done next with a run, or with none."""

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from datasets.digits import Digits
from recipes.mnist import MnistSettings
from runs.continued import cannot_continue
from runs.recording import Recording, recorded_run
from runs.run import Run, State, TrainingRun
from ui.digits import whole
from ui.presenter import presenting
from ui.runs import delete_run, leave_run, one_batch, registry, set_going, show_run
from ui.visit import mark

ON = "A new run that begins with this network as it is, and the settings of the controls."
THE_RECORDING = "A new run that begins with the recorded network, and the settings of the controls."


def run_buttons(
    run: Run | None,
    recipe: Callable[[], MnistSettings],
    digits: Digits,
    place: DeltaGenerator,
    seldom: DeltaGenerator,
) -> None:
    """The buttons for this run in `place`; what is seldom done stands in `seldom`.

    That is not where *Stop* was: a second click on it must not leave the run. `recipe` is asked
    when a training begins: a preset may have been chosen since.
    """

    def begin(then: Callable[[TrainingRun], None]) -> None:
        if all_of_them := whole(digits):  # else the page says that they are gone
            new = registry().new(recipe(), all_of_them, mark())
            then(new)
            show_run(new)

    def train_on(run: Run) -> None:
        if all_of_them := whole(digits):
            try:
                new = registry().continued(run, recipe(), all_of_them, mark())
            except ValueError as why:
                st.toast(str(why))
                return
            set_going(new)
            show_run(new)

    def train_on_button(place: DeltaGenerator, run: Run, then: str) -> None:
        why = cannot_continue(run, recipe(), digits.subject)
        place.button(
            "Train on",
            key="mnist_on",
            on_click=train_on,
            args=[run],
            disabled=bool(why),
            help=why or then,
        )

    over = place
    match run:
        case None:
            place.button(
                "Start", key="mnist_start", type="primary", on_click=begin, args=[set_going]
            )
            place.button("One batch", key="mnist_step", on_click=begin, args=[one_batch])
            recording = recorded_run(Recording.of(recipe()))
            train_on_button(seldom if presenting() else place, recording, THE_RECORDING)
            return
        case TrainingRun() if run.state.live:
            place.button("Pause", key="mnist_pause", icon=":material/pause:", on_click=run.pause)
            place.button("Stop", key="mnist_stop", on_click=run.stop)
        case TrainingRun() if run.state is State.PAUSED:
            place.button("Go on", key="mnist_start", type="primary", on_click=set_going, args=[run])
            place.button("One batch", key="mnist_step", on_click=one_batch, args=[run])
            over = seldom if presenting() else place
    if not run.state.live:
        over.button("Start over", key="mnist_over", on_click=begin, args=[set_going])
        if can_be_asked(run, recipe()):
            train_on_button(over, run, ON)
    seldom.button(
        "Leave",
        key="mnist_leave",
        on_click=leave_run,
        help="Back to the recording; the link in the address still finds this run.",
    )
    seldom.button(
        "Delete this run",
        key="mnist_delete",
        on_click=delete_run,
        args=[run],
        help="For good, for everybody who has its link. One that trains stops first.",
    )


def can_be_asked(run: Run, recipe: MnistSettings) -> bool:
    """Whether there is a button that trains on from a run's network."""
    return not run.state.live and (run.state is State.FINISHED or recipe != run.settings)


def why_not_on(run: Run | None, recipe: MnistSettings, digits: Digits) -> str:
    """Why that button cannot be pressed, as a sentence; "" if it can, or if there is none."""
    if run is None or not can_be_asked(run, recipe):
        return ""
    why = cannot_continue(run, recipe, digits.subject)
    return f"**Train on** is off: {why[0].lower()}{why[1:]}" if why else ""
