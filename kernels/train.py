"""Training with the compiled loop: a trainer taken on as its own `run` would take it."""

from collections.abc import Sequence, Set

import numpy as np

from kernels.compiled import chance, take_steps, wait
from kernels.plan import Plan, plan
from nn_core import Activation, Dense, Optimizer, Trainer

MOST_SEED = 2**32  # one that is as large is NumPy's to begin with
MOST_NUMBERS = 2_000_000  # of chance and of answers held at a time


def train(trainer: Trainer, steps: int) -> None:
    """Take so many steps further, or until training ends, as `trainer.run(steps=steps)` does.

    Compiled where that suits it, to the same numbers but for their last digits; else by nn_core.
    Waits for the loop if it is compiling.
    """
    planned = plan(trainer)
    if planned is None:
        trainer.run(steps=steps)
        return
    wait()
    last = trainer.step_count + steps
    drawn = _drawn(trainer, planned)
    while trainer.step_count < last and not trainer.ended:
        slice_ = min(
            last - trainer.step_count, 1 + MOST_NUMBERS // (1 + trainer.batch_size + drawn)
        )
        _take(trainer, planned, slice_)


def suits(trainer: Trainer) -> bool:
    """Whether the loop can take this trainer's steps, and is faster at it than nn_core."""
    return plan(trainer) is not None


def ready(trainer: Trainer, seconds: float = 0.0) -> bool:
    """Whether `train` can begin, if need be after so long at most: the loop may be compiling."""
    return not suits(trainer) or wait(seconds)


def _drawn(trainer: Trainer, planned: Plan) -> int:
    """Dropout's draws in a full batch."""
    return int(trainer.batch_size * planned.sizes[1:-1].sum()) if planned.keep < 1 else 0


@np.errstate(all="ignore")
def _take(trainer: Trainer, planned: Plan, steps: int) -> None:
    """One call of the loop, and what is to be remembered of it."""
    net, optimizer = trainer.net, trainer.optimizer
    began, time = trainer.step_count, optimizer.t
    looks = _looks(trainer, began, steps)
    thetas = np.empty((len(looks), net.theta.size))
    norms = np.empty((len(looks), len(net.dense)))
    chosen = _batches(trainer, began, steps)
    sizes = chosen[2] - chosen[1]
    chance = _chance(trainer, planned, began, sizes)
    rates = _rates(optimizer, steps)
    x, t = np.array(trainer.x.T, order="C"), _targets(trainer)
    start = optimizer.state()
    memory = np.zeros((2, net.theta.size))
    for row, slot in zip(memory, optimizer.slots, strict=False):
        row[:] = start.get(slot, 0.0)
    theta, grad = net.theta.copy(), net.grad.copy()

    def go(steps: int) -> tuple[int, bool]:
        return take_steps()(
            *planned, x, t, *chosen, *chance, rates[:steps], time,
            np.array(looks, np.int64) - began, net.theta, net.grad, memory, thetas, norms,
        )  # fmt: skip

    before = memory.copy()
    taken, finite = go(steps)
    kept = [s for s in looks if s <= began + taken - (not finite)]
    rows = _rows(trainer, kept, thetas, norms)
    lost = next((s for s, row in zip(kept, rows, strict=True) if row is None), None)
    if lost is not None:  # a recorded number overflowed before theta did: take just those steps
        net.theta, net.grad[:], memory[:] = theta, grad, before
        taken, finite = go(lost - began)
    optimizer.load_state(
        {"t": np.array(time + taken)} | dict(zip(optimizer.slots, memory, strict=False))
    )
    trainer.step_count = began + taken
    for step, then, noted in zip(kept, thetas, rows, strict=False):
        if noted is None:
            break
        for name, value in noted.items():
            trainer.history[name].append(value)
        if step in trainer.snapshot_at:
            trainer.snapshots[step] = then.copy()
    if lost is not None or not finite:
        trainer.diverged_at = trainer.step_count


def _recorded(trainer: Trainer, step: int) -> bool:
    if trainer.record_at is None:
        return step % trainer.steps_per_epoch == 0
    return step in trainer.record_at


def _looks(trainer: Trainer, began: int, steps: int) -> list[int]:
    """The steps among these that are recorded or kept, rising."""
    after, per_epoch = range(began + 1, began + steps + 1), trainer.steps_per_epoch
    epochs = range(per_epoch * (began // per_epoch + 1), after.stop, per_epoch)
    looks: set[int] = set()
    for asked in (epochs if trainer.record_at is None else trainer.record_at, trainer.snapshot_at):
        if isinstance(asked, Set | Sequence):
            looks.update(step for step in asked if step in after)
        else:
            looks.update(step for step in after if step in asked)
    return sorted(looks)


def _rates(optimizer: Optimizer, steps: int) -> np.ndarray:
    """The learning rate of each step."""
    if optimizer.steady:
        return np.full(steps, optimizer.lr, np.float64)
    return np.array([optimizer.schedule(optimizer.t + s) for s in range(steps)], np.float64)


def _batches(trainer: Trainer, began: int, steps: int) -> tuple[np.ndarray, ...]:
    """The samples of these steps in nn_core's order, and where each step's begin and end."""
    n, per_epoch, batch = len(trainer.x), trainer.steps_per_epoch, trainer.batch_size
    if batch == n and not trainer.replace:
        return np.arange(n), np.zeros(steps, np.int64), np.full(steps, n)
    first, last = began // per_epoch, (began + steps - 1) // per_epoch
    orders = _orders(trainer, first, last + 1)
    epoch, place = np.divmod(np.arange(began, began + steps), per_epoch)
    length = orders.shape[1]
    begins = (epoch - first) * length + place * batch
    return orders.ravel(), begins, np.minimum(begins + batch, (epoch - first + 1) * length)


def _orders(trainer: Trainer, first: int, end: int) -> np.ndarray:
    """Which samples the epochs from `first` on take, as nn_core has it, (epochs, samples)."""
    if trainer.replace or not _has_compiled_chance(trainer):
        return np.array([trainer.order(epoch) for epoch in range(first, end)])
    orders = np.empty((end - first, len(trainer.x)), np.int64)
    chance().shuffle(trainer.seed, first, orders)
    return orders


def _has_compiled_chance(trainer: Trainer) -> bool:
    return 0 <= trainer.seed < MOST_SEED


def _chance(
    trainer: Trainer, planned: Plan, began: int, sizes: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Dropout's draws for batches of these sizes, as nn_core's, and where each step's begin."""
    if planned.keep == 1:
        return np.zeros(0), np.zeros(len(sizes), np.int64)
    counts = sizes * planned.sizes[1:-1].sum()
    begins = np.cumsum(counts) - counts
    if _has_compiled_chance(trainer):
        draws = np.empty(counts.sum())
        chance().draw(trainer.seed, began, counts, draws)
        return draws, begins
    drawn = [trainer.dropout_rng(began + s).random(count) for s, count in enumerate(counts)]
    return np.concatenate(drawn), begins


def _targets(trainer: Trainer) -> np.ndarray:
    """(outputs, samples): the targets on their side, labels as 1 in the place of their class."""
    t = trainer.t
    if t.ndim == 1:
        t = np.eye(trainer.net.sizes[-1])[t]
    return np.array(t.T, np.float64, order="C")


def _rows(
    trainer: Trainer, steps: list[int], thetas: np.ndarray, norms: np.ndarray
) -> list[dict | None]:
    """The history's row of each step; {} where none is kept, None where a number overflowed."""
    recorded = [i for i, step in enumerate(steps) if _recorded(trainer, step)]
    columns = _evaluate(trainer, "", trainer.x, trainer.t, thetas[recorded])
    if trainer.validation is not None:
        columns |= _evaluate(trainer, "val_", *trainer.validation, thetas[recorded])
    finite = np.logical_and.reduce(np.isfinite([*columns.values(), *norms[recorded].T]))
    values, lengths = [column.tolist() for column in columns.values()], norms.tolist()
    rows: list[dict | None] = [{} for _ in steps]
    for i, good, row in zip(recorded, finite, zip(*values, strict=True), strict=True):
        named = dict(zip(columns, row, strict=True))
        rows[i] = {"step": steps[i], "grad_norm": lengths[i], **named} if good else None
    return rows


def _evaluate(
    trainer: Trainer, prefix: str, x: np.ndarray, t: np.ndarray, thetas: np.ndarray
) -> dict[str, np.ndarray]:
    """Loss and accuracy of the network with each row of thetas, (rows,) each."""
    at_once = 1 + MOST_NUMBERS // (len(x) * max(trainer.net.sizes))
    loss, accuracy = np.empty(len(thetas)), np.empty(len(thetas))
    for begin in range(0, len(thetas), at_once):
        part = slice(begin, begin + at_once)
        z = _answers(trainer, x, thetas[part])
        right = trainer.loss.classes(z) == trainer.loss.target_classes(t)
        loss[part], accuracy[part] = trainer.loss.value(z, t), right.mean(axis=-1)
    return {prefix + "loss": loss, prefix + "accuracy": accuracy}


def _answers(trainer: Trainer, x: np.ndarray, thetas: np.ndarray) -> np.ndarray:
    """z, (rows, batch, outputs), as `net.predict` has it with each row of thetas."""
    begin = 0
    for layer in trainer.net.layers:
        if isinstance(layer, Dense):
            middle, end = begin + layer.n_in * layer.n_out, begin + layer.size
            W = thetas[:, begin:middle].reshape(-1, layer.n_in, layer.n_out)
            x, begin = np.matmul(x, W) + thetas[:, np.newaxis, middle:end], end
        elif isinstance(layer, Activation):
            x = layer.f(x)
    return x
