"""What images are of, as a file has it: their name, their size, and their classes' names."""

import json

from datasets.digits import Kind, Subject
from datasets.found import MOST_CLASSES, SIDES
from datasets.idx import DataError

LONGEST_TITLE, LONGEST_CLASS = 60, 30  # letters
WRONG = "The file says of what its images are in a way that cannot be."


def as_text(subject: Subject) -> str:
    """All of it but the kind, as JSON; "" if it is the usual one of its kind."""
    if subject == Subject.of(subject.kind):
        return ""
    _, title, side, classes = subject
    return json.dumps({"title": title, "side": side, "classes": classes}, ensure_ascii=False)


def from_text(kind: Kind, text: str) -> Subject:
    """What `as_text` wrote; DataError if it did not."""
    if not text:
        return Subject.of(kind)
    try:
        said = json.loads(text)
        subject = Subject(kind, said["title"], said["side"], tuple(said["classes"]))
    except (ValueError, TypeError, KeyError, RecursionError):
        raise DataError(WRONG) from None
    sound = (
        is_name(subject.title, LONGEST_TITLE)
        and type(subject.side) is int
        and subject.side in SIDES
        and are_classes(subject.classes)
    )
    if not sound or (kind is not Kind.BROUGHT and subject.side != kind.side):
        raise DataError(WRONG)
    return subject


def are_classes(names: tuple[str, ...]) -> bool:
    """Whether these can be the names of classes: so many, all different, none too long."""
    return (
        2 <= len(names) <= MOST_CLASSES
        and all(is_name(name, LONGEST_CLASS) for name in names)
        and len(set(names)) == len(names)
    )


def as_classes(names: tuple[str, ...]) -> tuple[str, ...]:
    """These as names of classes can be: printable, not too long, none empty and none twice."""
    made = list[str]()
    for place, name in enumerate(names):
        plain = " ".join("".join(c if c.isprintable() else " " for c in name).split())
        plain = plain or f"class {place}"
        short = plain if len(plain) <= LONGEST_CLASS else f"{plain[: LONGEST_CLASS - 1]}…"
        if short in made:
            mark = f"… {place}"
            short = plain[: LONGEST_CLASS - len(mark)] + mark
        made.append(short)
    return tuple(made)


def is_name(name: object, longest: int) -> bool:
    """Whether this can be a name."""
    return (
        isinstance(name, str)
        and bool(name.strip())
        and name.isprintable()
        and (len(name) <= longest)
    )
