"""The question of the page, by what its images are of."""

from datasets.digits import Kind, Subject
from datasets.known import KNOWN, PART

HANDWRITING = "Can a network learn to read handwriting?"
QUESTIONS = {
    "MNIST": HANDWRITING,
    "QMNIST": HANDWRITING,
    "KMNIST": "Can a network learn to read Japanese handwriting?",
    "Fashion-MNIST": "Can a network learn to tell clothes apart?",
}


def question(subject: Subject) -> str:
    """What is asked of these images: of a set that is known by what it has, else in general."""
    if subject.kind is not Kind.BROUGHT:
        return HANDWRITING
    title = subject.title.removeprefix(PART)
    if any((title, subject.classes) == (known.title, known.classes) for known in KNOWN):
        return QUESTIONS[title]
    if subject.digits:
        return "Can a network learn to read digits?"
    return "Can a network learn to tell these images apart?"
