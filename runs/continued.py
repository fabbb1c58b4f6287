"""Whether a run can be continued with other settings, or on other images, from where it is."""

from datasets.digits import Subject
from recipes.mnist import MnistSettings
from runs.run import Run, State


def cannot_continue(run: Run, settings: MnistSettings, digits: Subject) -> str:
    """Why a run cannot be continued so, as a sentence; "" if it can."""
    if run.state in (State.DIVERGED, State.FAILED):
        return "It cannot be continued, for its numbers are lost."
    own = run.settings
    if (settings.units(), settings.activation) != (own.units(), own.activation):
        which = "*hidden units*, *hidden layers*" if _alike(own) else "*layer by layer*"
        return (
            f"It can be continued only as the network that it is, {network_words(own)}, with these "
            f"{which} and this *activation*."
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
    words = layers_words(settings, settings.activation)
    return f"1 layer of {words}" if len(settings.units()) == 1 else words


def layers_words(settings: MnistSettings, kind: str) -> str:
    """Its hidden layers, with their units of a kind: “2 layers of 50 hidden units”.

    Where they differ each is named: “layers of 300 and 100 hidden units”.
    """
    units = settings.units()
    count, last = len(units), units[-1]
    if not _alike(settings):
        return f"layers of {', '.join(map(str, units[:-1]))} and {last} {kind} units"
    each = f"{last} {kind} unit{'' if last == 1 else 's'}"
    return each if count == 1 else f"{count} layers of {each}"


def _alike(settings: MnistSettings) -> bool:
    """Whether all hidden layers have the same number of units."""
    return len(set(settings.units())) == 1
