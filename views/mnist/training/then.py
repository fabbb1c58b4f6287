"""What a run showed at an earlier step, as far as what is kept of it tells."""

from runs.run import Progress


def then(progress: Progress, step: int) -> Progress:
    """The run's progress when it had made so many steps; its parameters are those of now."""
    rows = sum(counted <= step for counted in progress.history["step"])
    return progress._replace(
        step=step,
        history={name: column[:rows] for name, column in progress.history.items()},
        batch_loss=progress.batch_loss[:step],
    )


def earlier_moments(progress: Progress) -> list[int]:
    """The steps, before the last one, that the wall can show: none while the run trains."""
    if progress.state.live:
        return []
    return [moment.step for moment in progress.snapshots if moment.step < progress.step]


def counted_at(progress: Progress) -> float | None:
    """The epoch at which it was last counted how many images it reads; None if it never was."""
    steps = progress.history["step"]
    return steps[-1] / progress.steps_per_epoch if steps else None
