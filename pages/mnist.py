"""MNIST: a network learns to read handwriting while you watch its weights form."""

import streamlit as st

from figures.mnist import training_curves, training_figure, weight_figure, weight_tiles
from nn_core import Trainer
from runs.config import MnistConfig
from runs.run import Progress, Run, look_at
from runs.trainers import mnist_trainer
from ui.captions import training_caption
from ui.chart import draw
from ui.controls import control, read
from ui.digits import digits, look_again
from ui.explain import explain, link_to, say
from ui.films import begin, go_on, mnist_film
from ui.formulas import MNIST_FORMULAS
from ui.page import open_page
from ui.runs import current_run, drop_run, registry, show_run

OPENING_STEPS = 1200  # of training while the page opens: two epochs of notebook B's recipe
REFRESH = 0.2  # seconds between two looks at a run

frame = open_page("Can a network learn to read handwriting?")
data = digits(frame.waiting)
run = current_run()


def start() -> None:
    config = read(MnistConfig)
    new = Run(config, mnist_trainer(config, data))
    registry().add(new)
    new.go_on()
    show_run(new)


with frame.actions:
    state = run.state if run else "none"
    if state == "running":
        st.button("Pause", key="mnist_pause", icon=":material/pause:", on_click=run.pause)
    elif state == "paused":
        st.button("Go on", key="mnist_start", type="primary", on_click=run.go_on)
    elif state == "none":
        st.button("Start", key="mnist_start", type="primary", on_click=start)
    if run:
        st.button("Start over", key="mnist_stop", on_click=drop_run, args=[run])
with frame.controls:
    control(MnistConfig, "lr")
    control(MnistConfig, "hidden")
with frame.more():
    for name in ("epochs", "batch", "seed"):
        control(MnistConfig, name)
config = read(MnistConfig)

film = None if run else mnist_film(config, OPENING_STEPS, data)
if film:
    begin(film, frame.waiting)
refresh = REFRESH if state == "running" else None


def look() -> Progress:
    if run:
        return run.look()
    with film.at_rest() as trainer:
        return look_at(trainer, film.steps, "opening")


@st.fragment(run_every=refresh)
def picture() -> None:
    progress = look()
    if run and progress.state != state:
        st.rerun()
    weights, curves = st.columns(2)
    with weights:
        draw(weight_figure(weight_tiles(progress.weights)), key="mnist_weights")
    with curves:
        draw(training_figure(training_curves(progress)), key="mnist_curves")


@st.fragment(run_every=refresh)
def caption() -> None:
    say(training_caption(look(), data, run.config if run else config, config))


picture()
explain(
    caption,
    MNIST_FORMULAS,
    [mnist_trainer, Trainer],
    link_to(config, **({"run": run.id} if run else {})),
)
if data.note:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(data.note)
        st.button("Look for MNIST again", key="mnist_look_again", on_click=look_again)
if film:
    go_on(film)
