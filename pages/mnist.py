"""MNIST: a network learns to read handwriting while you watch, and then reads yours."""

import streamlit as st
from runs.config import MnistConfig
from runs.presets import MNIST_PRESETS
from runs.trainers import mnist_trainer

from nn_core import Trainer
from ui.controls import control, misread_link, presets, read, still_said
from ui.digits import digits, look_again
from ui.explain import explain, link_to
from ui.formulas import MNIST_FORMULAS
from ui.mnist_controls import more_controls, run_buttons
from ui.mnist_keep import keep_and_bring
from ui.mnist_shown import Shown
from ui.mnist_views import caption, paper, pictures
from ui.page import open_page
from ui.runs import current_run

frame = open_page("Can a network learn to read handwriting?")
data = digits(frame.waiting)
misread = misread_link(MnistConfig)
run = current_run(data)
shown = Shown(run, data)

with frame.controls:
    control(MnistConfig, "lr")
    control(MnistConfig, "hidden")
with frame.more():
    more_controls()
config = read(MnistConfig)
with frame.presets:
    known = {name: preset.config for name, preset in MNIST_PRESETS.items()}
    preset = presets(config, known)
with frame.actions:
    run_buttons(run, config, data, frame.others)

left, right = st.columns([2.1, 1])
with left:
    pictures(shown)
with right:
    paper(shown)
point = MNIST_PRESETS[preset].point if preset else ""
notes = " ".join(still_said(misread, config))
explain(
    lambda: caption(shown, config, point, notes),
    MNIST_FORMULAS,
    [mnist_trainer, Trainer],
    link_to(config, **({"run": run.id} if run else {})),
)
if data.note:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(data.note)
        st.button("Look for MNIST again", key="mnist_look_again", on_click=look_again)
keep_and_bring(shown)
