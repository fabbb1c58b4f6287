"""What is said of a training on images in a file that was saved of it."""

from figures.words import number, sentences
from runs.continued import layers_words
from runs.recording import Recording
from views.mnist.training.look import Numbers

ANSWERS = (
    "Draw {}: it answers, with each weight rounded to one of 255 values a layer; so its "
    "percentages are close to the network's own, not the same."
)


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
