"""Decision boundaries: a small network parts points, anew at every change of a control."""

from figures.stage import outcome, stage_film
from nn_core import Trainer
from runs.config import BoundariesConfig
from runs.presets import BOUNDARIES_PRESETS
from runs.trainers import boundaries_data, boundaries_trainer
from ui.boundary_controls import more_controls, some_hidden_units
from ui.browser.stage import film_page, show_film
from ui.captions import boundary_caption
from ui.controls import complaints, control, misread_link, presets, read, still_said
from ui.explain import OWN_START_LINK, PAGE_LINK, Download, explain, link_to
from ui.films import begin, boundaries_film, go_on
from ui.formulas import boundary_formulas
from ui.numpy_code import film_code, film_parameters
from ui.own_start import keep_start, own_start, usual_start
from ui.page import open_page

WEIGHTS = "network.npz"
PATIENCE = 0.9  # seconds: what is trained in less is on screen at once

frame = open_page("Can a network learn which points are blue and which are orange?")
misread = misread_link(BoundariesConfig)
with frame.controls:
    control(BoundariesConfig, "lr")
    control(BoundariesConfig, "hidden", some_hidden_units)
    control(BoundariesConfig, "dataset")
with frame.more():
    more_controls()
chosen = read(BoundariesConfig)
with frame.presets:
    preset = presets(chosen, {name: preset.config for name, preset in BOUNDARIES_PRESETS.items()})
config, replaced = chosen.settled()

start = own_start(config)
if start is not None:
    frame.actions.button("Usual start", key="boundaries_usual", on_click=usual_start)
film = boundaries_film(config, start)
begin(film, frame.waiting, PATIENCE, resting=False)
with film.at_rest() as trainer:
    data = boundaries_data(config)
    story, end = stage_film(trainer, data, config.inputs), outcome(trainer, data)
message = story.message()
show_film(message, key="boundaries_stage", train_on=lambda sent: keep_start(config, sent))
point = BOUNDARIES_PRESETS[preset].point if preset else ""
if start is not None:
    point = "It began with the weights that you changed."
caption = boundary_caption(end, point, film.finished)
notes = " ".join([*still_said(misread, chosen), *complaints(BoundariesConfig), *replaced])
explain(
    f"{notes} {caption}".strip(),
    boundary_formulas(story),
    [boundaries_trainer, Trainer],
    link_to(chosen),
    [
        Download(
            "This file plays on its own, without a network: for slides.",
            "Save as HTML",
            "boundaries.html",
            lambda: film_page(message, "How a network learned", caption),
        ),
        Download(
            "And this one has the network's weights, for NumPy alone:",
            "Save the weights",
            WEIGHTS,
            lambda: film_parameters(story),
            film_code(story, WEIGHTS),
        ),
    ],
    PAGE_LINK if start is None else OWN_START_LINK,
)
go_on(film)
