"""What to try next after a training on images: what was found by trying, or another preset."""

from dataclasses import replace
from typing import Any

from figures.judgement import remedy_words
from figures.words import number
from recipes.mnist import PRESETS, MnistSettings
from recipes.mnist_verdict import Ended
from recipes.reasons import Trial
from runs.recording import Recording
from runs.run import State
from views.view import TryThis

USUAL = "97 % in a few epochs", "Keras' recipe"  # the first that fits, where none was trained
OF_DIGITS = "97 % in a few epochs", "Crooked digits"  # their names are true of digits alone


def next_try(
    chosen: Any,
    trained: MnistSettings,
    state: State,
    ended: Ended | None,
    recorded: bool,
    things: str,
) -> TryThis | None:
    """One thing to try, of a recording or of a run that is over; else None.

    `chosen` are the page's settings, which are more than those that were `trained`; `things` are
    what it learned from.
    """

    def page(settings: MnistSettings, **changed: Any) -> Any:
        said = {name: getattr(settings, name) for name in MnistSettings.allowed()}
        return replace(chosen, **said | changed)

    if recorded:
        other = Recording.of(trained).other
        name = next(name for name, one in PRESETS.items() if one.settings == other.settings)
        return TryThis(f"*{name}*", f"a recording of {other.title}.", page(other.settings))
    if state is State.DIVERGED:
        rates = MnistSettings.values_of("lr")
        lr = rates[max(0, rates.index(trained.lr) - 1)]
        return TryThis(f"*learning rate* {number(lr)}", "shorter steps.", page(trained, lr=lr))
    if state is not State.FINISHED:
        return None
    if ended is not None and isinstance(ended.verdict.remedy, Trial):
        said = remedy_words(ended.verdict.remedy, MnistSettings, things).removeprefix("Try ")
        what, _, why = said.partition(": ")
        return TryThis(what, why, page(trained, **ended.verdict.remedy.changed))
    name = _another_preset(trained, things == "digits")
    why = "another preset, which “Start over” trains."
    return TryThis(f"*{name}*", why, page(PRESETS[name].settings))


def _another_preset(trained: MnistSettings, digits: bool) -> str:
    """The one after the preset that was trained, or the usual one; of other images than digits
    none whose name speaks of digits.
    """
    names = list(PRESETS)
    lit = [k for k, name in enumerate(names) if PRESETS[name].settings == trained]
    following = [*names[lit[0] + 1 :], *names] if lit else USUAL
    return next(name for name in following if digits or name not in OF_DIGITS)
