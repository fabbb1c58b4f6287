"""One neuron: notebook A, one step at a time, every number open."""

import streamlit as st

from datasets.neuron import neuron_table
from figures.neuron import neuron_walk
from figures.neuron_curves import neuron_curves, neuron_figure
from figures.numbers import EXACT
from nn_core import Dense, Sigmoid
from runs.neuron import many_steps, one_step, starting_theta
from runs.neuron_config import NeuronConfig
from runs.neuron_presets import NEURON_PRESETS
from runs.neuron_table import as_frame, read_table
from ui.chart import draw
from ui.controls import complaints, control, misread_link, presets, read
from ui.explain import PAGE_LINK, STEP_LINK, explain, link_to
from ui.neuron_captions import (
    many_steps_caption,
    neuron_formulas,
    one_step_caption,
    short_caption,
    three_answers,
)
from ui.neuron_controls import more_controls, own_table
from ui.page import open_page
from ui.presenter import presenting
from ui.walk import show_walk

PRESENTER_DIGITS = 4

frame = open_page("How does one neuron learn from its errors?")
wrong = misread_link(NeuronConfig)
with frame.controls:
    for name in ("view", "table", "lr"):
        control(NeuronConfig, name)
with frame.more():
    more_controls()
    usual = neuron_table(st.session_state[NeuronConfig.key("table")] or NeuronConfig.table)
    edited = own_table(st.session_state[NeuronConfig.key("table")], as_frame(*usual))
config = read(NeuronConfig)
with frame.presets:
    preset = presets(config, {name: preset.config for name, preset in NEURON_PRESETS.items()})

x, t, left_out = read_table(edited, usual)
theta = starting_theta(config)
step = one_step(x, t, theta, config.lr)
if config.view == "one step":
    digits = PRESENTER_DIGITS if presenting() else EXACT
    walk, parameter = neuron_walk(step, digits), NeuronConfig.key("step")
    show_walk(walk, key="neuron_walk", step=config.step - 1, parameter=parameter)
    point = NEURON_PRESETS[preset].point if preset else ""
    caption = short_caption(step) if presenting() else one_step_caption(step, point)
else:
    run = many_steps(x, t, theta, config.lr, config.steps)
    draw(neuron_figure(neuron_curves(run)), key="neuron_curves")
    caption = many_steps_caption(run)

notes = " ".join([*wrong, *complaints(NeuronConfig), *left_out])
walks = config.view == "one step"
code = [one_step, Dense, Sigmoid] if walks else [many_steps, Sigmoid]
note = STEP_LINK if walks else PAGE_LINK
explain(f"{notes} {caption}".strip(), neuron_formulas(step), code, link_to(config), link_note=note)
if not presenting():
    for place, answer in zip(st.columns(3), three_answers(step), strict=True):
        place.markdown(answer)
