"""What to try next on a film of training: what was found by trying, or the next lesson."""

from dataclasses import replace

from figures.judgement import remedy_words
from recipes.boundaries import PRESETS, BoundariesSettings
from recipes.outcome import Outcome
from recipes.reasons import ByHeart, OtherStarts, Overfitting, Trial
from views.view import TryThis

OTHER_SHAPES = {"xor": "circles", "circles": "moons", "moons": "spiral"}  # others: XOR


def next_try(settings: BoundariesSettings, end: Outcome, own: bool) -> TryThis | None:
    """One thing to try after a whole film, `end` is what it came to; None while it is judged.

    A film with an `own` start says nothing of others that begin elsewhere.
    """
    names = list(PRESETS)
    lit = [k for k, name in enumerate(names) if PRESETS[name].settings == settings]
    if lit:
        name = names[(lit[0] + 1) % len(names)]
        which = "first of the presets" if name == names[0] else "preset that comes next"
        return TryThis(f"*{name}*", f"the {which}.", PRESETS[name].settings)
    if end.verdict is None:
        return None
    if end.verdict.remedy is not None and not own:
        return remedied(settings, end.verdict.remedy)
    match end.verdict.reason:
        case ByHeart(since) | Overfitting(since):
            earlier = _before_it_is_known_by_heart(settings, end, since)
            if earlier and not own:
                return earlier
    dataset = OTHER_SHAPES.get(settings.dataset, "xor")
    changed = replace(settings, dataset=dataset)
    return TryThis(f"*data* {dataset}", "the same network, trained on another shape.", changed)


def remedied(settings: BoundariesSettings, remedy: Trial | OtherStarts) -> TryThis:
    """What was tried on the side, and what it came to."""
    what, _, why = remedy_words(remedy, BoundariesSettings).removeprefix("Try ").partition(": ")
    if isinstance(remedy, Trial):
        return TryThis(what, why, replace(settings, **remedy.changed))
    init = remedy.init or settings.init
    return TryThis(what, why, replace(settings, seed=remedy.first, init=init))


def _before_it_is_known_by_heart(
    settings: BoundariesSettings, end: Outcome, since: int
) -> TryThis | None:
    """A training that ends no later than the loss on unseen points was lowest."""
    lowest = since / (end.step / end.epochs)
    fewer = [epochs for epochs in BoundariesSettings.values_of("epochs") if epochs <= lowest]
    if not fewer:
        return None
    why = f"it then ends before step {since:,}, from which on the unseen loss rose here."
    return TryThis(f"*epochs* {fewer[-1]:,}", why, replace(settings, epochs=fewer[-1]))
