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
from runs.neuron_table import as_text, read_table
from ui.browser.chart import draw
from ui.browser.walk import show_walk
from ui.controls import as_written, complaints, control, misread_link, presets, read
from ui.explain import PAGE_LINK, STEP_LINK, explain, link_to
from ui.neuron_captions import (
    many_steps_caption,
    neuron_formulas,
    one_step_caption,
    short_caption,
    short_many_caption,
    three_answers,
)
from ui.neuron_controls import more_controls, own_table
from ui.page import open_page
from ui.presenter import presenting

PRESENTER_DIGITS = 4

frame = open_page("How does one neuron learn from its errors?")
wrong = misread_link(NeuronConfig)
with frame.controls:
    for name in ("view", "table", "lr"):
        control(NeuronConfig, name)
with frame.more():
    more_controls()
    usual = neuron_table(st.session_state[NeuronConfig.key("table")] or NeuronConfig.table)
    written = own_table(st.session_state[NeuronConfig.key("table")], as_text(*usual))
config = read(NeuronConfig)
with frame.presets:
    preset = presets(config, {name: preset.config for name, preset in NEURON_PRESETS.items()})

x, t, left_out = read_table(written, usual)
point = NEURON_PRESETS[preset].point if preset else ""
theta = starting_theta(config)
step = one_step(x, t, theta, config.lr)
if config.view == "one step":
    digits = PRESENTER_DIGITS if presenting() else EXACT
    walk, parameter = neuron_walk(step, digits), NeuronConfig.key("step")
    show_walk(walk, key="neuron_walk", step=config.step - 1, height="63vh", parameter=parameter)
    caption = short_caption(step) if presenting() else one_step_caption(step, point)
    code, note = [one_step, Dense, Sigmoid], STEP_LINK
else:
    run = many_steps(x, t, theta, config.lr, config.steps)
    draw(neuron_figure(neuron_curves(run)), key="neuron_curves")
    caption = short_many_caption(run) if presenting() else many_steps_caption(run, point)
    code, note = [many_steps, Sigmoid], PAGE_LINK

notes = " ".join([*wrong, *complaints(NeuronConfig), *(as_written(s, 200) for s in left_out)])
explain(f"{notes} {caption}".strip(), neuron_formulas(step), code, link_to(config), link_note=note)
if config.view == "one step":
    with st.container(horizontal=True):
        for question, answer in three_answers(step).items():
            with st.popover(question):
                st.markdown(f"**{question}** {answer}")
