"""Decision boundaries: a small network learns XOR, again at every change of a control."""

from figures.boundaries import boundary_figure, boundary_history, boundary_view
from nn_core import Trainer
from runs.config import BoundariesConfig
from runs.presets import XOR_PRESETS
from runs.trainers import xor_trainer
from ui.captions import boundary_caption
from ui.chart import draw
from ui.controls import control, presets, read
from ui.explain import explain, link_to
from ui.films import begin, go_on, xor_film
from ui.formulas import XOR_FORMULAS
from ui.page import open_page

frame = open_page("Can a network learn “one or the other, but not both”?")
with frame.controls:
    control(BoundariesConfig, "lr")
    control(BoundariesConfig, "hidden")
with frame.more():
    for name in ("activation", "init", "steps", "seed"):
        control(BoundariesConfig, name)
config = read(BoundariesConfig)
with frame.presets:
    presets(config, XOR_PRESETS)

film = xor_film(config)
begin(film, frame.waiting)
with film.at_rest() as trainer:
    view = boundary_view(trainer, max(trainer.snapshots))
    history = boundary_history(trainer.history)
    caption = boundary_caption(view, history, trainer.diverged_at)
draw(boundary_figure(view, history), key="boundaries_picture")
explain(caption, XOR_FORMULAS, [xor_trainer, Trainer], link_to(config))
go_on(film)
