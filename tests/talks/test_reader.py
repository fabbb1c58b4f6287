"""A talk's file is read whole, or refused with the line of the fault and the reason."""

import tomllib

import pytest

from talks.reader import BrokenTalk, read_link, read_talk
from talks.talk import Question, Scene

PAGES = ("", "neuron", "boundaries")
WHOLE = """\
title = "Two scenes"
about = "For a test."

[[scene]]
link = "https://a.host/glassbox/boundaries?boundaries_lr=0.1&boundaries_inputs=x&boundaries_inputs=y\
&present=true&theme=dark&talk=other&scene=9"
title = "One line"
caption = "It parts."
notes = \"\"\"
[[scene]]
title = "what is in quotes is no scene"
\"\"\"

[[scene]]
link = "/"
title = "Home"
[scene.question]
ask = "Will it learn?"
answers = ["Yes", "No"]
"""


def why(text: str | bytes) -> str:
    """The sentence with which a file is refused."""
    with pytest.raises(BrokenTalk) as refused:
        read_talk(text if isinstance(text, bytes) else text.encode(), PAGES)
    return str(refused.value)


def line_of(text: str, part: str) -> int:
    """The line in which a part stands, counted from 1."""
    return next(k for k, line in enumerate(text.split("\n"), 1) if part in line)


def test_a_whole_file_is_its_scenes_in_order():
    talk = read_talk(WHOLE.encode(), PAGES)
    assert (talk.title, talk.about) == ("Two scenes", "For a test.")
    line, home = talk.scenes
    assert line == Scene(
        "boundaries",
        (("boundaries_lr", "0.1"), ("boundaries_inputs", "x"), ("boundaries_inputs", "y")),
        "One line",
        "It parts.",
        '[[scene]]\ntitle = "what is in quotes is no scene"',
    )
    assert home == Scene("", (), "Home", question=Question("Will it learn?", ("Yes", "No")))


@pytest.mark.parametrize(
    ("link", "page"),
    [
        ("http://host:8501/boundaries?boundaries_lr=0.1", "boundaries"),
        ("https://a.host/glassbox/neuron", "neuron"),
        ("http://host/boundaries/?boundaries_lr=0.1", "boundaries"),
        ("http://host:8501/?mine=secret&present=true", ""),
        ("http://host:8501", ""),
    ],
)
def test_a_whole_address_is_a_link_too(link, page):
    found, settings = read_link(link, PAGES)
    assert found == page
    assert settings == ((("boundaries_lr", "0.1"),) if "lr" in link else ())


def test_windows_line_ends_and_a_byte_order_mark_are_no_fault():
    marked = b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode()
    assert read_talk(marked, PAGES) == read_talk(WHOLE.encode(), PAGES)


@pytest.mark.parametrize("without", ["about", "caption", "notes", "question"])
def test_what_may_be_left_out(without):
    said = tomllib.loads(WHOLE)
    lines = [f'title = "{said["title"]}"']
    if without != "about":
        lines.append('about = "x"')
    for scene in said["scene"]:
        kept = {name: value for name, value in scene.items() if name != without}
        lines += ["[[scene]]", *(f"{name} = {value!r}" for name, value in kept.items()
                                 if isinstance(value, str) and "\n" not in value)]  # fmt: skip
    assert len(read_talk("\n".join(lines).encode(), PAGES).scenes) == 2


@pytest.mark.parametrize(
    ("part", "instead", "at", "reason"),
    [
        ('title = "One line"', 'title = "One line', 'title = "One line', "TOML"),
        ('title = "One line"', 'titel = "One line"', "titel", "no “titel”"),
        ('title = "One line"', 'title = ""', 'title = ""', "scene 1 needs a title"),
        ('title = "One line"', "title = 7", "title = 7", "in quotes"),
        ('title = "One line"', f'title = "{"x" * 81}"', "xxx", "at most 80"),
        ('caption = "It parts."', "caption = [1]", "caption", "in quotes"),
        ('link = "/"', "", 'title = "Home"', "scene 2 needs a link"),
        ('link = "/"', 'link = "/boundry"', "boundry", "no page “boundry”"),
        ('link = "/"', 'link = "http://[x"', "http://[", "is no link"),
        ('ask = "Will it learn?"', "", "[scene.question]", "needs a text"),
        ('answers = ["Yes", "No"]', 'answers = ["Yes"]', "answers", "2 to 9 answers"),
        ('answers = ["Yes", "No"]', 'answers = ["a", "a"]', "answers", "2 to 9 answers"),
        ('answers = ["Yes", "No"]', "right = 1\nanswers = []", "right", "no “right”"),
        ('answers = ["Yes", "No"]', "", "[scene.question]", "and has none"),
        ('answers = ["Yes", "No"]', 'number = 9\nsketch = "loss"', "sketch", "and has 2"),
        ('answers = ["Yes", "No"]', "number = 0", "number", "whole number from 1 to"),
        ('answers = ["Yes", "No"]', 'number = "9"', "number", "whole number from 1 to"),
        ('answers = ["Yes", "No"]', "number = true", "number", "whole number from 1 to"),
        ('answers = ["Yes", "No"]', "number = 1e400", "number", "whole number from 1 to"),
        ('answers = ["Yes", "No"]', 'sketch = "house"', "sketch", 'sketch = "loss" or sketch ='),
        ('answers = ["Yes", "No"]', 'sketch = ["loss"]', "sketch", 'sketch = "loss" or sketch ='),
        ('answers = ["Yes", "No"]', 'sketch = "loss"', "sketch", "on a film of /boundaries"),
        ('answers = ["Yes", "No"]', 'answers = ["a", "b"]\nof = "x"', "of =", "asks for none"),
        ('about = "For a test."', "minutes = 20", "minutes", "no “minutes”"),
        ('title = "Two scenes"', "", None, "a talk needs a title"),
    ],
)
def test_a_fault_is_named_by_its_line_and_reason(part, instead, at, reason):
    broken = WHOLE.replace(part, instead)
    assert broken != WHOLE
    said = why(broken)
    line = 1 if at is None else line_of(broken, at)
    if instead == "" and at and at.startswith("title"):
        line -= 2  # what is missing from a scene is told of its first line
    assert said.startswith(f"Line {line}: ")
    assert reason in said
    assert said.endswith(".")


SKETCHED = """
title = "x"
[[scene]]
link = "/boundaries?boundaries_lr=1&predict=true&guess=learned{}"
title = "y"
question = {{ ask = "How will it go?", sketch = "loss" }}
"""


def test_a_sketch_is_asked_for_on_a_films_beginning_and_a_guess_of_its_link_is_left_out():
    for beginning, more in (("", ()), ("&at=0", (("at", "0"),))):
        (scene,) = read_talk(SKETCHED.format(beginning).encode(), PAGES).scenes
        assert scene.question == Question("How will it go?", sketch="loss")
        assert scene.settings == (("boundaries_lr", "1"), *more)
    for elsewhere in ("&boundaries_view=lottery", "&at=20"):
        assert why(SKETCHED.format(elsewhere)).startswith("Line 6: a sketch is drawn on a film of")
    read_talk(SKETCHED.format("&boundaries_view=film").encode(), PAGES)


def test_a_guess_fits_its_question_and_is_said_in_words():
    answers, number = Question("x", ("Yes", "No")), Question("x", number=100, of="of 100 starts")
    assert [answers.fits(text) for text in ("1", "2", "-", "0", "3", "", "Yes", "²")] == (
        [True] * 3 + [False] * 5
    )
    assert [number.fits(text) for text in ("0", "100", "-", "101", "-1", "1.5", "9" * 5000)] == (
        [True] * 3 + [False] * 4
    )
    assert [answers.said(text) for text in ("2", "-", "")] == ["No", "", ""]
    assert number.said("60") == "60 of 100 starts"
    assert Question("x", sketch="loss").said("loss~0.0.9.9") == ""


def test_a_talk_without_scenes_is_refused():
    assert "at least one scene" in why('title = "x"')
    assert "at least one scene" in why('title = "x"\nscene = []')
    assert "at least one scene" in why('title = "x"\nscene = "y"')
    assert why('title = "x"\n[scene]\nlink = "/"').startswith("Line 2: a talk needs at least one")


def test_a_fault_in_a_question_written_with_dots_has_its_line_too():
    dotted = 'title = "x"\n[[scene]]\nlink = "/"\ntitle = "y"\nquestion.ask = "q"\n'
    assert why(dotted + 'question.answer = ["a", "b"]').startswith("Line 6: a question has no “ans")


def test_scenes_in_one_array_are_read_and_their_faults_named():
    whole = 'title = "x"\nscene = [\n{ link = "/", title = "a" },\n]'
    assert read_talk(whole.encode(), PAGES).scenes == (Scene("", (), "a"),)
    assert "expected a scene" in why('title = "x"\nscene = [1]')


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (b"", "a talk needs a title"),
        (b'title = "x"\nabout = "\xff"', "Line 2: expected text in UTF-8"),
        (b"\x00", "TOML"),
        (b"title = " + b"[" * 50_000, "Line 1"),
        (b"title = " + b"9" * 5000, "too long"),
        (b"#" * 300_000, "at most 200,000 bytes"),
        (b"[[scene]]\n" * 15_000, "needs a title"),
        (b'title = "x"\n' + b'[[scene]]\nlink = "/"\ntitle = "y"\n' * 101, "Line 302: a talk has"),
    ],
)
def test_whatever_comes_is_refused_with_a_sentence(file, reason):
    assert reason in why(file)
