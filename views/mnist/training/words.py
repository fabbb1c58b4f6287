"""What is said of a training: how far it is, how well it reads by now, what became of it."""

from datasets.digits import Kind, Subject
from figures.image_words import when
from figures.judgement import may_help, overfitting_words, why_words
from figures.words import a_class, advice, as_written, duration, number, sentences
from recipes.judgement import Went
from recipes.mnist import MOST_EPOCHS, MnistSettings, presets_of
from recipes.mnist_verdict import Ended
from recipes.reasons import DeadLayer, Unheard
from runs.began import LONGEST
from runs.continued import layers_words, network_words
from runs.recording import Recording
from runs.run import Progress, State
from views.mnist.training.curves import overfitting_of
from views.mnist.training.look import BRING, TRAIN, Numbers, called, is_before
from views.mnist.training.then import counted_at

OTHER_ACTIVATIONS = advice("*Bring*, below, has the others.", BRING)
EXPECT = (  # as `python -m benchmarks.hands` measures it
    "It learned from small digits: a network that reads 98 in 100 of those read 82 in 100 of what "
    "people drew."
)


def caption(numbers: Numbers, brief: bool = False) -> str:
    """How far it is, how well it reads by now, and whether the controls say something else.

    Of a run that has ended also why it ended so and what could be tried, where a preset's point
    does not say that already; `brief` without what could be tried.
    """
    same = numbers.chosen == numbers.trained
    if numbers.recorded:
        return sentences(_of_the_recording(numbers, same, brief), overfits(numbers, brief))
    # A preset's point is of a network that began with chance.
    point, why = numbers.point if same and numbers.began is None else "", []
    if numbers.ended is not None and not point:
        things = numbers.subject.things
        why = _why(numbers, numbers.ended, things)[: 1 if brief else None]
    moved = "" if same else _moved(numbers)
    before = the_run_before(numbers)
    return sentences(
        before or point,
        opened_words(numbers, brief) or _of_a_run(numbers, brief),
        began_words(numbers),
        *why,
        "" if "by heart" in "".join(why) else overfits(numbers, brief),
        "" if brief else _to_expect(numbers),
        _learned_from(numbers),
        "" if before else moved,
        numbers.unsaved,
    )


def opened_words(numbers: Numbers, brief: bool) -> str:
    """What was opened from a file, as long as it has not been trained here; else ""."""
    began, progress = numbers.began, numbers.progress
    if not (began and began.file and not progress.step and progress.state is State.PAUSED):
        return ""
    read = f"{_read(numbers)}{'' if brief else _lost(progress)}"
    said = (
        f"From the file {as_written(began.file, LONGEST)}: {network_words(numbers.trained)}, not "
        f"trained here. It reads {read}. The file does not say which activation it has: here it is "
        f"{numbers.trained.activation}."
    )
    return said if brief else sentences(said, OTHER_ACTIVATIONS)


def began_words(numbers: Numbers) -> str:
    """What a run began with that did not begin with weights drawn by chance, or ""."""
    began = numbers.began
    if began is None:
        return ""
    if began.file:
        file = as_written(began.file, LONGEST)
        return f"It began with the weights in {file}." if numbers.progress.step else ""
    recording = Recording.named(began.recording)
    if recording:
        another = f"a recording, {recording.title},"
    else:
        another = f"[another run](?run={began.run})" if began.run else "another run"
    whose = f"It began with the network of {another} as that stood {when(began.epochs, True)}."
    optimizer = numbers.trained.optimizer
    if optimizer == "sgd":
        return whose
    return f"{whose} What {optimizer} remembers of earlier steps began anew."


def overfits(numbers: Numbers, brief: bool) -> str:
    """Where it began to learn by heart, if it did, and how that shows."""
    found = overfitting_of(numbers.progress)
    if found is None:
        return ""
    epoch, things = found.step / numbers.progress.steps_per_epoch, numbers.subject.things
    return overfitting_words(found, f"epoch {epoch:.0f}", f"test {things}", things, brief)


def _why(numbers: Numbers, ended: Ended, things: str) -> list[str]:
    """What its loss did and why, and what could be tried: a sentence each, if there is one.

    More epochs are no advice where it overfits.
    """
    verdict, trained = ended.verdict, numbers.trained
    course = verdict.course
    if verdict.good:
        course = course._replace(went=Went.UNCLEAR)
    slowest, *_, fastest = MnistSettings.values_of("lr")
    held = trained.l1 or trained.l2 or trained.dropout or overfitting_of(numbers.progress)
    longer = not held and (trained.lr < fastest or trained.epochs < MOST_EPOCHS)
    dead = f"{ended.dead} of {ended.hidden} hidden units are *dead*: 0 at all training {things}."
    told = isinstance(verdict.reason, DeadLayer | Unheard) or not ended.dead
    return [
        why_words(course, verdict.reason, things),
        "" if verdict.remedy else may_help(verdict, trained.lr > slowest, longer, things),
        "" if told else dead,
    ]


def who_reads(numbers: Numbers) -> str:
    """Whose answers stand beside the paper, where nothing but the paper is shown."""
    if not numbers.recorded:
        return "The network that is trained here reads what you draw."
    return (
        "Two networks read it, each with a bar for each digit: *Crooked digits* trained on "
        "turned, slanted, wider and thicker copies of digits; *Study notes* on digits as they "
        "are."
    )


def _of_the_recording(numbers: Numbers, same: bool, brief: bool) -> str:
    """What the page opens on; once the controls are no longer its own, what they would train."""
    progress, which = numbers.progress, Recording.of(numbers.trained)
    if numbers.brought:
        return sentences(_until_it_starts(numbers, same, which), "" if same else numbers.point)
    read = _read(numbers) + ("" if brief else _lost(progress))
    what = f"A **recording**: {which.title} after {progress.epoch:.0f} epochs reads {read}."
    if same:
        draw = f"Draw a digit: it and {which.other.title} read it. ▶ shows its weights form."
        return sentences(what, draw, advice("**Start** trains your own.", TRAIN))
    return sentences(what, _moved(numbers), numbers.point)


def _until_it_starts(numbers: Numbers, same: bool, which: Recording) -> str:
    """What was brought, and the recording that is shown until something is trained on it."""
    what = "a network" if same else "the network that the controls say"
    of_those = numbers.of_those
    return sentences(
        advice(f"**Start** trains {what} on {called(numbers.brought)}.", TRAIN),
        f"What is shown is a **recording** of another one: after {numbers.progress.epoch:.0f} "
        f"epochs {which.title} reads {_read(numbers, 'its own')}.",
        ""
        if of_those is None
        else f"Of the test digits that were brought it reads **{of_those:.1%}**: it learned from "
        "others.",
    )


def _of_a_run(numbers: Numbers, brief: bool) -> str:
    progress, trained = numbers.progress, numbers.trained
    recipe = "" if brief else f", {_recipe(trained)}"
    passes = f"{progress.epoch:.1f} of {trained.epochs} epochs"
    read = f"At the last count{_counted_at(progress)} it reads {_read(numbers)}"
    read += "" if brief else _lost(progress)
    match progress.state:
        case State.WAITING:
            queue = f"Waiting for a free place, number {numbers.place} in the queue"
            return f"{queue if numbers.place else 'About to begin'} ({_recipe(trained)})."
        case State.RUNNING:
            left = (progress.steps - progress.step) * min(trained.batch, trained.images)
            seconds = left / max(progress.images_per_second, 1)
            speed = "" if brief else f", {progress.images_per_second:,.0f} images a second"
            return f"Training{recipe}: {passes}{speed}, about {duration(seconds)} left. {read}."
        case State.ELSEWHERE:
            return f"As of its latest whole epoch{recipe}: {passes}. {read}."
        case State.PAUSED:
            steps = "1 step" if progress.step == 1 else f"{progress.step:,} steps"
            paused = f"Paused after {passes} ({steps}){recipe}."
            return sentences(paused, numbers.rests_because, f"{read}.")
        case State.FINISHED:
            why = f" {as_written(progress.stopped, 100)}" if progress.stopped else ""
            return f"Done: {passes}{recipe}.{why} {_reads(numbers, brief)}."
        case State.DIVERGED:
            return sentences(
                f"After step {progress.step:,} the numbers left what a computer can hold: training "
                f"*diverged* ({_recipe(trained)}).",
                advice("Start over with a smaller learning rate.", TRAIN, "lr"),
            )
        case State.FAILED:
            anew = advice("Start over to train anew.", TRAIN)
            return sentences("This run failed on the server.", anew)


def _to_expect(numbers: Numbers) -> str:
    """What a network that learned from the bundled digits will make of what people draw."""
    small = numbers.subject.kind is Kind.BUNDLED
    return EXPECT if small and numbers.progress.state is State.FINISHED else ""


def _learned_from(numbers: Numbers) -> str:
    """What a run learned from, if that is not what the page has, and why it cannot go on then."""
    if numbers.missing is None:
        learns = "learns" if numbers.progress.state.live else "learned"
        return f"It {learns} from {numbers.others}." if numbers.others else ""
    named = numbers.missing.kind is Kind.BROUGHT and not numbers.missing.title.endswith(" brought")
    are = "is" if named else "are"
    learned = f"It learned from {called(numbers.missing.title)}, which {are}"
    if numbers.looking and numbers.missing.kind is Kind.MNIST:
        return f"{learned} still being looked for: until they are here it cannot go on."
    gone = " any more" if numbers.missing.kind is Kind.BROUGHT else ""
    return f"{learned} not here{gone}, so it cannot go on."


def _moved(numbers: Numbers) -> str:
    """That the controls say something else, and what trains that."""
    name = _preset_of(numbers.next, numbers.chosen)
    said = f"The controls say something else{f' (*{name}*)' if name else ''}."
    if numbers.progress.state.live:
        return sentences(said, advice("The next run uses that.", TRAIN))
    trains = "**Start** trains that" if numbers.recorded else "**Start over** uses that"
    if not numbers.stays:
        return sentences(
            said, advice(f"{trains}, and **Train on** does so from this network.", TRAIN)
        )
    done = numbers.progress.state in (State.PAUSED, State.FINISHED)
    stays = numbers.stays if done and not numbers.recorded else ""
    return sentences(said, advice(sentences(f"{trains}.", stays), TRAIN))


def the_run_before(numbers: Numbers) -> str:
    """Whose pictures these are, where the controls have moved on since; "" if they have not."""
    if not is_before(numbers):
        return ""
    name, recipe = _preset_of(numbers.subject, numbers.trained), _recipe(numbers.trained)
    which = f"*{name}*" if name else recipe
    return sentences(_moved(numbers), f"On screen is the run before: {which}.")


def _preset_of(subject: Subject, settings: MnistSettings) -> str:
    """The name of the preset that these settings are; "" if they are none."""
    presets = presets_of(subject).items()
    return next((name for name, preset in presets if preset.settings == settings), "")


def _read(numbers: Numbers, whose: str = "the") -> str:
    accuracies = numbers.progress.history["val_accuracy"]
    if not accuracies:
        return "nothing yet"
    return f"**{accuracies[-1]:.1%}** of {whose} test {numbers.subject.things} right"


def _lost(progress: Progress) -> str:
    """The loss on the test images, where there is one."""
    losses = progress.history.get("val_loss")
    return f" (their loss: {number(losses[-1])})" if losses else ""


def _counted_at(progress: Progress) -> str:
    """After which epoch the images that it reads were counted last."""
    epoch = counted_at(progress)
    return "" if epoch is None else f" (epoch {epoch:.0f})"


def _reads(numbers: Numbers, brief: bool) -> str:
    """What a run that has ended reads, counted at its last step if it can be."""
    ended, progress = numbers.ended, numbers.progress
    counted = not progress.stopped or progress.step in progress.history["step"][-1:]
    if ended is None:
        when = "It" if counted else f"At the last count{_counted_at(progress)} it"
        return f"{when} reads {_read(numbers)}{'' if brief else _lost(progress)}"
    subject = numbers.subject
    lost = _lost(progress) if counted and ended.one is None and not brief else ""
    said = f"It reads **{ended.read:.1%}** of the test {subject.things} right{lost}"
    if ended.one is not None:
        every = "every one" if ended.called == 1 else f"{ended.called:.1%} of them"
        said += f": it calls {every} {as_written(a_class(subject.classes, ended.one), 40)}"
    return said if counted else f"{said} (counted now; the curve ends with the last whole epoch)"


def _recipe(settings: MnistSettings) -> str:
    return f"{layers_words(settings, 'hidden')}, learning rate {number(settings.lr)}"
