"""Why a small network's training ended as it did, and what could be tried: tried, then said."""

from collections.abc import Callable

import numpy as np

from datasets.plane import PlaneData
from nn_core import Adam, Sequential, Trainer
from recipes import reasons
from recipes.aside import RIGHT, Aside
from recipes.boundaries import BoundariesSettings
from recipes.judgement import Went
from recipes.overfitting import overfitting
from recipes.reasons import (
    AtItsBest,
    DeadLayer,
    FewSteps,
    OtherStarts,
    Reason,
    Silencing,
    Slow,
    Stuck,
    TooLong,
    TooStrong,
    Trial,
    Verdict,
)
from recipes.settings import STUDY_NOTES

MOSTLY = 0.9  # accuracy at the points it learned from: only then can they be known by heart
AT_ITS_BEST = 0.01  # of a loss: no further than this above the best one there is
FURTHER = 0.9  # of a film's loss: more steps that end below that lead on
UNMOVED = 0.95  # of a film's loss: more steps that end above that lead nowhere
ALIKE = 0.2  # of a fall: two falls that differ by less are the same one at another pace
FEWEST_STARTS, STARTS = 3, 10  # other starts to try
IN_VAIN = 4  # of them: if none of the first went well, no more are tried
BUDGET_OF_STARTS = 0.3  # seconds for them, as `aside.BUDGET` counts them
FAST, FAST_STEPS = (0.01, 0.1), (10_000, 3000)  # Adam's, which no plateau slows; few points, many
LARGER = {"layers": 3, "hidden": 8, "widths": ""}  # for what a bend alone does not reach: a spiral
FEW = 10  # points: few enough for very many steps
UP = (Went.ROSE, Went.CAME_BACK, Went.BOUNCED)  # a loss that did not only fall

Found = tuple[Reason | None, Trial | OtherStarts | None]


def verdict(
    settings: BoundariesSettings,
    data: PlaneData,
    trainer: Trainer,
    start: np.ndarray | None = None,
    before_each: Callable[[], None] = lambda: None,
) -> Verdict:
    """The verdict on a film's training, which has ended; `start` are its first parameters, if own.

    A reason is named only where it was found, a remedy only where it was tried and ended better.
    `before_each` is called before each training on the side, and may take its time.
    """
    aside = Aside(settings, data, trainer, start, before_each)
    if aside.good:
        return Verdict(aside.course, True, unseen(aside))
    found: Found = (None, None)
    for explain in [too_long] if trainer.diverged_at is not None else EXPLANATIONS:
        reason, remedy = explain(aside)
        if reason is not None:
            found = reason, remedy or found[1]
            break
        found = None, found[1] or remedy
    return Verdict(aside.course, False, *found, trainer.diverged_at is not None)


def needs_trials(
    settings: BoundariesSettings,
    data: PlaneData,
    trainer: Trainer,
    start: np.ndarray | None = None,
) -> bool:
    """Whether the verdict takes trainings on the side, for the film's own did not go well."""
    return not Aside(settings, data, trainer, start).good


def unseen(aside: Aside) -> Reason | None:
    """What became of the loss at unseen points."""
    return reasons.unseen(aside.trainer.history, len(aside.data.x_test), aside.data.classes > 0)


def alike(aside: Aside) -> Found:
    """Points of different classes are the same to it: it gets as many right as that allows."""
    if not aside.data.classes:
        return None, None
    reason = reasons.alike(aside.trainer.x, aside.data.t_train[:, 0])
    limit = reason is not None and reason.best < RIGHT and aside.end.accuracy >= reason.best
    return (reason if limit else None), None


def by_heart(aside: Aside) -> Found:
    """It is nearly always right, on the points it learned from."""
    return (unseen(aside) if aside.end.accuracy > MOSTLY else None), None


def too_strong(aside: Aside) -> Found:
    """Without its penalties it comes much further."""
    penalties = {name: getattr(aside.settings, name) for name in ("l1", "l2")}
    penalties = {name: value for name, value in penalties.items() if value}
    if not penalties or (aside.course.went in UP and _size(aside.net) > _size(aside.before)):
        return None, None
    remedy = aside.trial(**dict.fromkeys(penalties, 0.0))
    return (TooStrong(penalties), remedy) if aside.better(remedy) else (None, None)


def _size(net: Sequential) -> float:
    """How large all weights together are."""
    return float(sum(np.abs(layer.W).sum() for layer in net.dense))


def _norms(aside: Aside, net: Sequential) -> np.ndarray:
    return reasons.heard(net, aside.trainer.loss, aside.trainer.x, aside.trainer.t)


def nothing_heard(aside: Aside) -> Found:
    """Its hidden layers have no slope, or began at 0 and heard nothing."""
    reason = reasons.unheard(aside.net, _norms(aside, aside.before), _norms(aside, aside.net))
    if reason is None:
        return None, None
    if reason.because == "zeros":
        return reason, aside.best("init", ["glorot_uniform"])
    return reason, aside.best("activation", ["tanh", "relu"])


def copies(aside: Aside) -> Found:
    """All units of a layer are copies of one."""
    if not np.ptp(aside.trainer.x, axis=0).any():  # to one point alone many units answer alike
        return None, None
    reason = reasons.copies(reasons.hidden_values(aside.net, aside.trainer.x), aside.before)
    if reason is None:
        return None, None
    return reason, aside.best("init", ["glorot_uniform"] if reason.zeros else [])


def one_sum(aside: Aside) -> Found:
    """It is one weighted sum of its inputs, and has come to the best that there is."""
    if not reasons.is_one_sum(aside.net) or aside.data.classes > 2:  # then it is one sum a class
        return None, None
    best = reasons.best_sum(
        aside.trainer.x, aside.trainer.t, aside.settings.loss == "cross_entropy"
    )
    if best is None:
        return None, None
    hidden, reached = bool(aside.settings.hidden_layers()), (1 + AT_ITS_BEST) * best
    if hidden:
        remedy = aside.best("activation", ["tanh"]) or aside.best("activation", ["relu"], **LARGER)
    else:
        remedy = aside.best("layers", [1, 2])
    return AtItsBest(best, hidden, aside.end.loss <= reached), remedy


def dead(aside: Aside) -> Found:
    """Half of a layer's units or more are dead."""
    hidden = reasons.hidden_values(aside.net, aside.trainer.x)
    units = reasons.dead_units(aside.net, hidden)
    layers = [DeadLayer(n, a.shape[1]) for n, a in zip(units, hidden, strict=True)]
    reason = reasons.dead_layer(layers)
    if reason is None:
        return None, None
    remedy = aside.best("lr", _rates(aside, -2, -4)) or aside.best("activation", ["leaky_relu"])
    return (reason if remedy or reason.dead == reason.of else None), remedy


def vanishing(aside: Aside) -> Found:
    """Hardly anything of the error reaches the first layer."""
    reason = reasons.vanishing(_norms(aside, aside.before), _norms(aside, aside.net))
    if reason is None:
        return None, None
    return reason, aside.best("activation", ["tanh", "relu"])


def silencing(aside: Aside) -> Found:
    """Without dropout it comes much further."""
    if not aside.settings.dropout:
        return None, None
    remedy = aside.best("dropout", [0.0])
    return (Silencing(aside.settings.dropout) if remedy else None), remedy


def _rates(aside: Aside, *places: int) -> list[float]:
    """Learning rates so many places further on in the list; two places are a factor of 10."""
    rates = BoundariesSettings.values_of("lr")
    here = rates.index(aside.settings.lr)
    return [rates[here + place] for place in places if 0 <= here + place < len(rates)]


def too_long(aside: Aside) -> Found:
    """Its loss went up or jumped, and with shorter steps it comes much further."""
    if aside.trainer.diverged_at is None and aside.course.went not in UP:
        return None, None
    remedy = aside.best("lr", _rates(aside, -2, -4, -6))
    return (TooLong() if remedy else None), remedy


def overfits(aside: Aside) -> Found:
    """It came further on the points it learned from, and less far on unseen ones."""
    return overfitting(aside.trainer.history), None


def few_steps(aside: Aside) -> Found:
    """Its batches are all there is, and smaller ones, so more steps, take it much further."""
    if aside.trainer.steps_per_epoch > 1 or len(aside.trainer.x) <= FEW:
        return None, None
    remedy = aside.best("batch", [10])
    return (FewSteps(aside.steps) if remedy else None), remedy


def slow(aside: Aside) -> Found:
    """More steps lead on; or longer ones lead the same way, and further."""
    remedy = aside.best("lr", _rates(aside, 2, 4))
    if aside.course.went in UP:
        return None, remedy
    if remedy is not None and _same_way(aside, remedy):
        return Slow(), remedy
    for epochs in _more_epochs(aside):
        trial = aside.further(epochs)
        if trial is None:
            break
        if trial.loss < FURTHER * aside.end.loss:
            return Slow(), remedy or (trial if aside.better(trial, FURTHER) else None)
    return None, remedy


def _more_epochs(aside: Aside) -> list[int]:
    return [n for n in BoundariesSettings.values_of("epochs") if n > aside.settings.epochs]


def _same_way(aside: Aside, trial: Trial) -> bool:
    """Whether longer steps, so many fewer of them, fall as the film does: it is only slow."""
    rate = trial.changed["lr"]
    other = aside.another(lr=rate)
    steps = round(aside.steps * aside.settings.lr / rate)
    fall = aside.course.first - aside.end.loss
    if steps < 1 or fall <= 0 or not aside.goes(other, steps) or other.diverged_at is not None:
        return False
    return bool(abs(other.history["loss"][-1] - aside.end.loss) < ALIKE * fall)


def stuck(aside: Aside) -> Found:
    """Neither many more steps nor steps that no plateau slows lead anywhere."""
    steps = aside.steps
    if aside.course.went not in (Went.LEVELLED, Went.HARDLY_MOVED):
        return None, None
    few = len(aside.trainer.x) <= FEW
    for rate in FAST:
        if not _leads_nowhere(aside, _adam(aside, rate), FAST_STEPS[0 if few else 1]):
            return None, None
    on = aside.going_on()
    many = max(steps, 150_000 * on.steps_per_epoch if few else 0)
    if not _leads_nowhere(aside, on, many):
        return None, None
    hidden = [units for units in (3, 4, 8) if units > aside.settings.hidden]
    wider = hidden if aside.settings.hidden_layers() else []
    return Stuck(many), _other_starts(aside) or aside.best("hidden", wider, widths="")


def _adam(aside: Aside, rate: float) -> Trainer:
    """Training from the film's end, with all points at every step."""
    film, net = aside.trainer, aside.net.copy()
    l1, l2 = aside.settings.l1, aside.settings.l2
    return Trainer(net, film.loss, Adam(rate), film.x, film.t, len(film.x), l1=l1, l2=l2)


def _leads_nowhere(aside: Aside, trainer: Trainer, steps: int) -> bool:
    """Whether the loss is never much lower in so many further steps."""
    began = trainer.step_count
    looks = {began + round(steps * share) for share in np.linspace(0.05, 1, 20)}
    if not aside.goes(trainer, steps, looks) or trainer.diverged_at is not None:
        return False
    return bool(min(trainer.history["loss"]) > UNMOVED * aside.end.loss)


def _other_starts(aside: Aside) -> OtherStarts | None:
    """What becomes of the first seeds' starts, as many as there is time for."""
    aside.left += BUDGET_OF_STARTS
    init = "normal" if aside.settings.init == STUDY_NOTES else aside.settings.init
    ended, solved = 0, []
    for seed in range(STARTS):
        trial = aside.trial(seed=seed, init=init)
        if trial is None:
            break
        ended += 1
        if aside.is_good(trial) and not trial.accuracy < 1:
            solved.append(seed)
        if ended == IN_VAIN and not solved:
            return None
    if ended < FEWEST_STARTS or not solved:
        return None
    named = "" if init == aside.settings.init else init
    return OtherStarts(ended, len(solved), solved[0], named)


def too_small(aside: Aside) -> Found:
    """A larger network comes much further; that says nothing of why this one did not."""
    if not aside.settings.hidden_layers():
        return None, None
    return None, aside.best("hidden", [16], widths="") or aside.best("layers", [3], widths="")


EXPLANATIONS: list[Callable[[Aside], Found]] = [  # the likeliest and cheapest first
    alike, by_heart, too_strong, nothing_heard, dead, copies, one_sum, vanishing, silencing,
    too_long, overfits, few_steps, stuck, slow, too_small,
]  # fmt: skip
