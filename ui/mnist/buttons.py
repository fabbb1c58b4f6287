"""What can be done next with a run, or with none."""

from collections.abc import Callable

from streamlit.delta_generator import DeltaGenerator

from datasets.digits import Digits
from recipes.mnist import MnistSettings
from runs.run import Run, State, TrainingRun
from ui.presenter import presenting
from ui.runs import leave_run, registry, set_going, show_run


def run_buttons(
    run: Run | None,
    recipe: MnistSettings,
    digits: Digits,
    place: DeltaGenerator,
    seldom: DeltaGenerator,
) -> None:
    """The buttons for this run in `place`; what is seldom done stands in `seldom`.

    That is not where *Stop* was: a second click on it must not leave the run.
    """

    def begin(then: Callable[[TrainingRun], None]) -> None:
        new = registry().new(recipe, digits)
        then(new)
        show_run(new)

    over = place
    match run:
        case None:
            place.button(
                "Start", key="mnist_start", type="primary", on_click=begin, args=[set_going]
            )
            place.button(
                "One batch", key="mnist_step", on_click=begin, args=[TrainingRun.one_batch]
            )
            return
        case TrainingRun() if run.state.live:
            place.button("Pause", key="mnist_pause", icon=":material/pause:", on_click=run.pause)
            place.button("Stop", key="mnist_stop", on_click=run.stop)
        case TrainingRun() if run.state is State.PAUSED:
            place.button("Go on", key="mnist_start", type="primary", on_click=set_going, args=[run])
            place.button("One batch", key="mnist_step", on_click=run.one_batch)
            over = seldom if presenting() else place
    if not run.state.live:
        over.button("Start over", key="mnist_over", on_click=begin, args=[set_going])
    seldom.button(
        "Leave",
        key="mnist_leave",
        on_click=leave_run,
        help="Back to the recording; the link in the address still finds this run.",
    )
