"""Activations: a curve, how steep it is, and what that means for learning."""

from figures.activations import activation_curves, activation_figure, shaped
from figures.chain import chain, chain_figure
from figures.layers import flow, layers_figure
from figures.softmax import softmax, softmax_figure
from nn_core import SoftmaxCrossEntropy
from runs.activation_presets import ACTIVATION_PRESETS
from runs.config import ActivationsConfig, parse_logits
from ui.activation_captions import chain_caption, curves_caption, layers_caption, softmax_caption
from ui.activation_formulas import (
    CHAIN_FORMULAS,
    LAYERS_FORMULAS,
    several_formulas,
    softmax_formulas,
)
from ui.browser.chart import draw
from ui.controls import complaints, control, misread_link, presets, read
from ui.explain import explain, link_to
from ui.page import open_page
from ui.presenter import presenting

CONTROLS = {
    "curve": ("function", "second", "third", "x"),
    "learning": ("function", "second", "third", "depth", "weight"),
    "in and out": ("function", "init"),
    "softmax": ("temperature", "logits"),
}
MORE = {"curve": ("slope", "alpha"), "learning": ("x", "slope", "alpha"),
        "in and out": ("slope", "alpha"), "softmax": ()}  # fmt: skip


def curve(config: ActivationsConfig) -> tuple:
    """One to three functions over their slopes."""
    shape = {"slope": config.slope, "alpha": config.alpha}
    several = [activation_curves(name, config.x, **shape) for name in config.functions()]
    code = [type(shaped(name)) for name in config.functions()]
    return (
        activation_figure(*several),
        curves_caption(several),
        several_formulas(several, **shape),
        [*code, activation_curves],
    )


def learning(config: ActivationsConfig) -> tuple:
    """What a chain of so many layers leaves of an error."""
    shape = {"slope": config.slope, "alpha": config.alpha}
    chains = [
        chain(name, config.x, config.weight, config.depth, **shape) for name in config.functions()
    ]
    caption = chain_caption(chains, config.weight, briefly=presenting())
    return chain_figure(chains), caption, CHAIN_FORMULAS, [chain]


def in_and_out(config: ActivationsConfig) -> tuple:
    """What ten layers make of a normal input."""
    seen = flow(config.function, config.slope, config.alpha)
    caption = layers_caption(seen, config.init, briefly=presenting())
    return layers_figure(seen, config.init), caption, LAYERS_FORMULAS, [flow.__wrapped__]


def shares(config: ActivationsConfig) -> tuple:
    """Softmax and its Jacobian."""
    seen = softmax(parse_logits(config.logits), config.temperature)
    code = [softmax, SoftmaxCrossEntropy.output]
    caption = softmax_caption(seen, briefly=presenting())
    return softmax_figure(seen), caption, softmax_formulas(seen), code


VIEWS = {"curve": curve, "learning": learning, "in and out": in_and_out, "softmax": shares}

frame = open_page("What does a neuron do with the number it hears?")
wrong = misread_link(ActivationsConfig)
with frame.controls:
    control(ActivationsConfig, "view")
    view = read(ActivationsConfig).view
    for name in CONTROLS[view]:
        control(ActivationsConfig, name)
with frame.more():
    for name in MORE[view]:
        control(ActivationsConfig, name)
config = read(ActivationsConfig)
with frame.presets:
    presets(config, ACTIVATION_PRESETS)

figure, caption, formulas, code = VIEWS[view](config)
draw(figure, key="activations_curves")
notes = " ".join([*wrong, *complaints(ActivationsConfig)])
explain(f"{notes} {caption}".strip(), formulas, code, link_to(config))
