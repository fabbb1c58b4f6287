"""What is said of a run that does not train, at each moment that the wall can show."""

from figures.image_words import epoch_of
from figures.words import Said, number, sentences
from runs.recording import Recording
from views.mnist.training.look import Numbers
from views.mnist.training.then import counted_at, earlier_moments, then
from views.mnist.training.words import caption, overfits, the_run_before


def said_at_moments(numbers: Numbers, brief: bool = False) -> list[Said]:
    """A sentence for each moment, with the step from which on it holds; the last is the caption.

    While the run trains there is no other moment than now.
    """
    steps = earlier_moments(numbers.progress)
    earlier = [Said(step, _at(numbers, step, brief)) for step in steps]
    return [*earlier, Said(numbers.progress.step, caption(numbers, brief))]


def _at(numbers: Numbers, step: int, brief: bool) -> str:
    """What was known of it then: how far it was, and what it read at the last count."""
    at = numbers._replace(progress=then(numbers.progress, step))
    progress, whole = at.progress, numbers.progress
    which = f"{Recording.of(numbers.trained).title}, " if numbers.recorded else ""
    where = f"{which}epoch {epoch_of(progress.epoch)} of {number(whole.epoch)} (step {step:,})."
    begin = f"A **recording**: {where}" if numbers.recorded else f"Back at {where}"
    return sentences(the_run_before(numbers), begin, _counted(at, brief), overfits(at, brief))


def _counted(at: Numbers, brief: bool) -> str:
    """How many of the test images it read right when they were counted last."""
    history, epoch = at.progress.history, counted_at(at.progress)
    if epoch is None:
        return ""
    things, right = at.subject.things, f"**{history['val_accuracy'][-1]:.1%}**"
    now = abs(epoch - at.progress.epoch) < 1e-9
    when = "It reads" if now else f"At the last count (epoch {epoch:.0f}) it read"
    losses = history.get("val_loss")
    lost = f" (their loss: {number(losses[-1])})" if losses and not brief else ""
    return f"{when} {right} of the test {things} right{lost}."
