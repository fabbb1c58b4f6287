"""The MNIST page's buttons, and the controls that are folded away."""

import streamlit as st
from runs.config import MnistConfig
from streamlit.delta_generator import DeltaGenerator

from datasets.digits import Digits
from runs.run import Run
from ui.controls import control
from ui.presenter import presenting
from ui.runs import leave_run, registry, show_run

TABS = {
    "Network": ("layers", "activation", "init", "dropout", "seed"),
    "Training": ("epochs", "stop_at", "optimizer", "schedule", "batch", "drawing"),
    "Data and penalties": ("images", "l1", "l2"),
}
SMOOTH = "mnist_smooth"


def more_controls() -> None:
    """All further controls, in tabs."""
    for tab, names in zip(st.tabs(list(TABS)), TABS.values(), strict=True):
        with tab:
            for name in names:
                control(MnistConfig, name)
    st.toggle("Smooth the loss", key=SMOOTH, bind="query-params")


def run_buttons(
    run: Run | None, config: MnistConfig, digits: Digits, seldom: DeltaGenerator
) -> None:
    """What can be done next with this run, or with none; what is seldom done stands in `seldom`.

    That is not where *Stop* was: a second click on it must not leave the run.
    """

    def begin(then: str) -> None:
        new = registry().new(config, digits)
        getattr(new, then)()
        show_run(new)

    state = run.state if run else "none"
    ready = state == "paused" and run.trainer is not None
    if state in ("running", "waiting"):
        st.button("Pause", key="mnist_pause", icon=":material/pause:", on_click=run.pause)
        st.button("Stop", key="mnist_stop", on_click=run.stop)
    elif ready:
        st.button("Go on", key="mnist_start", type="primary", on_click=run.go_on)
        st.button("One batch", key="mnist_step", on_click=run.one_batch)
    elif state == "none":
        st.button("Start", key="mnist_start", type="primary", on_click=begin, args=["go_on"])
        st.button("One batch", key="mnist_step", on_click=begin, args=["one_batch"])
    if run and state not in ("running", "waiting"):
        (seldom if ready and presenting() else st).button(
            "Start over", key="mnist_over", on_click=begin, args=["go_on"]
        )
    if run:
        seldom.button(
            "Leave",
            key="mnist_leave",
            on_click=leave_run,
            help="Back to the recording; the link in the address still finds this run.",
        )
