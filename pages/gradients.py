"""Gradients: an error at the end flows back and teaches every weight; where does it get lost?"""

import streamlit as st

from figures.backprop import backprop_walk
from figures.batches import batch_noise, batches_figure
from figures.depth import depth_figure, start_norms
from figures.landscape import landscape_figure, path_on, verdict
from figures.rates import digit_race_figure, rates_figure
from nn_core import Plane, Sequential, loss_on_plane, plane_through, sample_gradients
from runs.gradients import descent, digit_race, one_pass, path, race, three_rates
from runs.gradients_config import (
    VIEWS,
    BatchesConfig,
    DrawnConfig,
    GradientsConfig,
    LandscapeConfig,
    RaceConfig,
    RatesConfig,
    VanishingConfig,
)
from runs.trainers import OPTIMIZERS
from ui.browser.chart import draw
from ui.browser.walk import show_walk
from ui.controls import control, misread_link, read
from ui.digits import digits
from ui.explain import STEP_LINK, explain, link_to
from ui.gradients_captions import (
    backprop_caption,
    batches_caption,
    depth_caption,
    digit_race_caption,
    landscape_caption,
    plane_title,
    race_caption,
    rates_caption,
)
from ui.gradients_data import (
    digits_raced,
    ground_of,
    noise_at,
    rate_curves,
    train_all_depths,
    two_sides,
)
from ui.gradients_formulas import (
    BACKPROP_FORMULAS,
    BATCHES_FORMULAS,
    DEPTH_FORMULAS,
    LANDSCAPE_FORMULAS,
    RACE_FORMULAS,
    RATES_FORMULAS,
)
from ui.page import open_page
from ui.presenter import presenting

frame = open_page("How does a network learn from an error?")
with frame.presets:
    view = st.segmented_control(
        "View", VIEWS, default=GradientsConfig.view, key="gradients_view", required=True,
        bind="query-params", label_visibility="collapsed",
    )  # fmt: skip


def settings(config: type[GradientsConfig], first: tuple[str, ...]) -> tuple[GradientsConfig, str]:
    """A view's controls, the first of them in the row; what they say, what the link had wrong."""
    wrong = misread_link(config)
    others = [name for name in config.settings() if name not in ("view", *first)]
    with frame.controls:
        for name in first:
            control(config, name)
    idle = read(config).idle()
    with frame.more():
        for name in others:
            if name not in idle:
                control(config, name)
    return read(config), " ".join(wrong)


def backpropagation() -> None:
    """One sample forward and back through a drawn network, one layer a step."""
    config, wrong = settings(DrawnConfig, ("layers", "units", "activation", "sample"))
    settled, replaced = config.settled()
    one = one_pass(settled)
    show_walk(
        backprop_walk(one, short=presenting()),
        key="gradients_walk",
        step=config.step - 1,
        height="64vh",
        presenter_height="69vh",
        parameter=DrawnConfig.key("step"),
    )
    caption = f"{wrong} {replaced} {backprop_caption(one, short=presenting())}"
    code = [one_pass, Sequential.backward]
    explain(caption, BACKPROP_FORMULAS, code, link_to(config), link_note=STEP_LINK)


def vanishing() -> None:
    """Gradient norms by layer, for every depth and through time, of two recipes."""
    config, wrong = settings(VanishingConfig, ("depth", "activation", "beside"))
    sides = two_sides(config)
    draw(depth_figure(sides, config.depth), key="gradients_vanishing")
    caption = f"{wrong} {depth_caption(sides, config.depth, short=presenting())}"
    explain(caption, DEPTH_FORMULAS, [start_norms], link_to(config))
    if config.film == "all depths" and not all(side.map_film for side in sides):
        train_all_depths(config, frame.waiting)


def landscape() -> None:
    """One training as a path over the loss."""
    config, wrong = settings(LandscapeConfig, ("lr", "plane", "shown", "activation"))
    ground, land = ground_of(config)
    walked = path_on(ground, path(config, ground), "the path")
    figure = landscape_figure(land, [walked], plane_title(config, land), config.shown == "surface")
    draw(figure, key=f"gradients_{config.shown}")
    caption = landscape_caption(config, ground, walked, verdict(walked, land))
    code = [loss_on_plane, plane_through, Plane]
    explain(f"{wrong} {caption}", LANDSCAPE_FORMULAS, code, link_to(config))


def optimizers() -> None:
    """Five optimizers from one start."""
    config, wrong = settings(RaceConfig, ("ground", "race_lr", "adaptive_lr", "activation"))
    if config.ground == "digits":
        found = digits(frame.waiting)
        ran = digits_raced(config, found)
        draw(digit_race_figure(ran), key="gradients_digit_race")
        caption, code = digit_race_caption(config, ran, found.name), [digit_race]
    else:
        ground, land = ground_of(config)
        paths = [path_on(ground, trainer, name) for name, trainer in race(config, ground).items()]
        draw(landscape_figure(land, paths, plane_title(config, land)), key="gradients_race")
        caption, code = race_caption(config, ground, paths, land.width), [descent]
    made = [*code, *(type(OPTIMIZERS[name](0.1)) for name in ("sgd", "rmsprop", "adam"))]
    explain(f"{wrong} {caption}", RACE_FORMULAS, made, link_to(config))


def rates() -> None:
    """Too small, right, too large."""
    config, wrong = settings(RatesConfig, ("rate", "apart", "activation"))
    curves = rate_curves(config)
    draw(rates_figure(curves), key="gradients_rates")
    explain(f"{wrong} {rates_caption(curves)}", RATES_FORMULAS, [three_rates], link_to(config))


def batches() -> None:
    """What one batch says, beside what all the data say."""
    config, wrong = settings(BatchesConfig, ("batch", "trained", "activation"))
    noise = noise_at(config.activation, config.trained, config.seed)
    draw(batches_figure(noise, config.batch), key="gradients_batches")
    caption = f"{wrong} {batches_caption(config, noise)}"
    explain(caption, BATCHES_FORMULAS, [batch_noise, sample_gradients], link_to(config))


{
    "backpropagation": backpropagation,
    "vanishing": vanishing,
    "landscape": landscape,
    "race": optimizers,
    "learning rates": rates,
    "batch noise": batches,
}[view or GradientsConfig.view]()
