"""A network built on its drawing: inputs on and off, layers and units more and fewer.

What is built changes the settings that the controls change, and nothing else.
"""

from dataclasses import replace
from typing import Any

from datasets.plane import FEATURES
from recipes.boundaries import MOST_LAYERS, MOST_UNITS, BoundariesSettings, parse_layers


def buildable(settings: BoundariesSettings) -> dict[str, Any]:
    """The network as it is, and what it can be, as the drawing's buttons need it."""
    return {
        "plan": {
            "inputs": list(settings.inputs),
            "units": [units for units, _ in settings.hidden_layers()],
        },
        "inputs": list(FEATURES),
        "layers": MOST_LAYERS,
        "units": MOST_UNITS,
        "usual": settings.hidden,
    }


def built(settings: BoundariesSettings, plan: Any) -> BoundariesSettings | None:
    """The settings of a network of this plan, a `BuildPlan` of the browser; None if it is none.

    Layers that were written with an activation keep it, and a new one takes that of the last. Where
    all layers are alike the sliders say them, else they are written one by one.
    """
    try:
        inputs, units = tuple(plan["inputs"]), [int(count) for count in plan["units"]]
        before = [activation for _, activation in parse_layers(settings.widths)] or [""]
        bends = [before[min(layer, len(before) - 1)] for layer in range(len(units))]
        if len(set(units)) < 2 and not any(bends):
            hidden = units[0] if units else settings.hidden
            return replace(settings, inputs=inputs, layers=len(units), hidden=hidden, widths="")
        written = (f"{count} {bend}".strip() for count, bend in zip(units, bends, strict=True))
        widths = ", ".join(written)
        return replace(settings, inputs=inputs, layers=len(units), widths=widths)
    except (TypeError, KeyError, ValueError):
        return None
