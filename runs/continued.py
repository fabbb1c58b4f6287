"""Whether a run can be continued with other settings, or on other images, from where it is."""

from datasets.digits import Subject
from recipes.mnist import MnistSettings
from runs.run import Run, State

SHAPE = ("hidden", "layers", "activation")  # settings that make the network what it is


def cannot_continue(run: Run, settings: MnistSettings, digits: Subject) -> str:
    """Why a run cannot be continued so, as a sentence; "" if it can."""
    if run.state in (State.DIVERGED, State.FAILED):
        return "It cannot be continued, for its numbers are lost."
    if any(getattr(settings, name) != getattr(run.settings, name) for name in SHAPE):
        return (
            f"It can be continued only as the network that it is, {network_words(run.settings)}: "
            "set *hidden units*, *hidden layers* and *activation* to these."
        )
    was = run.digits
    if (was.side, len(was.classes)) != (digits.side, len(digits.classes)):
        return (
            f"It cannot be continued on these images, for it takes {was.side}×{was.side} pixels "
            f"and tells {len(was.classes)} classes apart."
        )
    return ""


def network_words(settings: MnistSettings) -> str:
    """A network as one says it: 2 layers of 50 relu units."""
    units = f"{settings.hidden} {settings.activation} unit{'s' if settings.hidden > 1 else ''}"
    return f"1 layer of {units}" if settings.layers == 1 else f"{settings.layers} layers of {units}"
