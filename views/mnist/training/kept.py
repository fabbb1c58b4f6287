"""What is said of a training on images in a file that was saved of it, and in a talk's."""

from figures.words import Said, number, sentences
from runs.continued import layers_words
from runs.recording import Recording
from views.mnist.training.look import Numbers
from views.mnist.training.moments import said_at_moments
from views.mnist.training.words import overfits

ANSWERS = (
    "Draw {}: it answers, with each weight rounded to one of 255 values a layer; so its "
    "percentages are close to the network's own, not the same."
)


OTHERWISE = "This scene's link asks for another network, which the app would train: this is not it."


def said_in_a_talk(numbers: Numbers) -> list[Said]:
    """What a talk's file says of a recording at each moment: nothing there can be started."""
    *earlier, last = said_at_moments(numbers, True)
    which, progress = Recording.of(numbers.trained), numbers.progress
    read = progress.history["val_accuracy"][-1]
    end = sentences(
        f"A **recording**: {which.title} after {progress.epoch:.0f} epochs reads **{read:.1%}** of "
        f"the test digits right. Draw a digit: it and {which.other.title} read it. ▶ shows its "
        "weights form.",
        "" if numbers.chosen == numbers.trained else OTHERWISE,
        overfits(numbers, True),
    )
    return [*earlier, Said(last.since, end)]


def kept_caption(numbers: Numbers, answers: bool) -> str:
    """What the file has: which network, how well it read, and whether its paper `answers`."""
    progress, trained = numbers.progress, numbers.trained
    read = progress.history["val_accuracy"]
    if numbers.recorded:
        which = f"A recording of {Recording.of(trained).title}"
    else:
        layers = layers_words(trained, "hidden")
        which = f"A network with {layers}, trained at learning rate {number(trained.lr)}"
    came_to = f"after {progress.epoch:.1f} {'more ' if numbers.began else ''}epochs"
    if numbers.began and numbers.began.file and not progress.step:
        which, came_to = f"A network with {layers} from a file", "as it was opened"
    if read:
        came_to += f" it read {read[-1]:.1%} of the test {numbers.subject.things} right"
    return sentences(
        f"{which}, {came_to}.",
        "▶ shows how its weights formed." if len(progress.snapshots) > 1 else "",
        ANSWERS.format("a digit" if numbers.subject.digits else "something") if answers else "",
    )
