"""What to try next after a training on images: what was found by trying, or another preset."""

from dataclasses import replace
from typing import Any

from datasets.digits import Kind, Subject
from figures.judgement import remedy_words
from figures.words import number
from recipes.mnist import PRESETS, MnistSettings, presets_of
from recipes.mnist_verdict import Ended
from recipes.reasons import Trial
from runs.recording import Recording
from runs.run import State
from views.mnist.training.look import TRAIN
from views.view import TryThis

USUAL = PRESETS["97% in a few epochs"].settings  # where no preset was trained


def next_try(
    chosen: Any,
    trained: MnistSettings,
    state: State,
    ended: Ended | None,
    recorded: bool,
    subject: Subject,
) -> TryThis | None:
    """One thing to try, of a recording or of a run that is over; else None.

    `chosen` are the page's settings, which are more than those that were `trained`; `subject` is
    what the next run learns from.
    """

    def page(settings: MnistSettings, **changed: Any) -> Any:
        said = {name: getattr(settings, name) for name in MnistSettings.allowed()}
        return replace(chosen, **said | changed)

    presets = presets_of(subject)

    def called(settings: MnistSettings) -> str:
        return next(name for name, preset in presets.items() if preset.settings == settings)

    if recorded and subject.kind is Kind.BROUGHT:
        why = f"a preset, which “Start” trains on the {subject.things} that were brought."
        return TryThis(f"*{called(USUAL)}*", why, page(USUAL), also=TRAIN)
    if recorded:
        other = Recording.of(trained).other
        return TryThis(
            f"*{called(other.settings)}*", f"a recording of {other.title}.", page(other.settings)
        )
    if state is State.DIVERGED:
        rates = MnistSettings.values_of("lr")
        lr = rates[max(0, rates.index(trained.lr) - 1)]
        changed = page(trained, lr=lr)
        return TryThis(f"*learning rate* {number(lr)}", "shorter steps.", changed, also=TRAIN)
    if state is not State.FINISHED:
        return None
    if ended is not None and isinstance(ended.verdict.remedy, Trial):
        said = remedy_words(ended.verdict.remedy, MnistSettings, subject.things).removeprefix(
            "Try "
        )
        what, _, why = said.partition(": ")
        changed = page(trained, **ended.verdict.remedy.changed)
        return TryThis(what, why, changed, also=TRAIN)
    all_of_them = [preset.settings for preset in presets.values()]
    lit = all_of_them.index(trained) if trained in all_of_them else None
    following = USUAL if lit is None else all_of_them[(lit + 1) % len(all_of_them)]
    why = "another preset, which “Start over” trains."
    return TryThis(f"*{called(following)}*", why, page(following), also=TRAIN)
