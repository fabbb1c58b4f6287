"""A talk as one file: what is in it, and what it says that it has not."""

import base64
import gzip
import json
import re

import numpy as np
import pytest

from datasets.digits import as_numbers
from nn_core import mlp
from runs.recording import Recording, recorded_digits, recorded_run
from runs.shelf import bundled
from talks.export import main
from talks.reader import read_talk
from tests.pages.test_browser_messages import TYPES, Types
from ui.browser.chart.script import FILE as PLOTLY
from ui.offline.file import as_folder, as_html, making
from ui.offline.kept import file_of
from ui.talk import PAGE_NAMES
from views.mnist.training.networks import halved
from views.mnist.training.paper import readers
from views.mnist.training.wall import thinned, weight_wall

WALK = """
title = "A </script> & more"
[[scene]]
link = "/neuron"
title = "One neuron"
caption = "It *weighs*."
notes = "</script><b>What to say</b>"
question = { ask = "What comes?", answers = ["This", "That"] }
[[scene]]
link = "/mnist?run=abc"
title = "A run"
"""


def talk_of(toml):
    return read_talk(toml.encode(), PAGE_NAMES)


def packed_in(text, name):
    (content,) = re.findall(rf'\.{name} = "([^"]+)";', text)
    return gzip.decompress(base64.b64decode(content))


@pytest.fixture(scope="module")
def walk():
    talk = talk_of(WALK)
    return talk, list(making(talk, bundled()))


def test_a_file_has_the_talk_and_what_each_scene_shows(walk):
    text = as_html(*walk)
    file = json.loads(packed_in(text, "scenes"))
    first, second = file["scenes"]
    assert file["title"] == "A </script> & more"
    assert (first["caption"], first["notes"]) == ("It weighs.", "</script><b>What to say</b>")
    assert (first["ask"], first["answers"]) == ("What comes?", ["This", "That"])
    (piece,) = first["pieces"]
    assert Types(TYPES).misfit(piece["data"], "WalkData") is None
    assert (piece["part"], len(piece["data"]["walk"]["samples"])) == ("walk", 4)
    assert first["said"][-1]["words"].endswith("from 0.273 to 0.272.")
    assert (second["pieces"], second["said"]) == ([], [])
    assert "Not in this file" in second["missing"]
    assert "/mnist?run=abc" in second["missing"]


SCENES = """
title = "As in the app"
[[scene]]
link = "/neuron?neuron_row=2&neuron_step=3"
title = "A sample of choice"
[[scene]]
link = "/boundaries?boundaries_layers=0&boundaries_epochs=10"
title = "A film"
[[scene]]
link = "/boundaries?boundaries_layers=0&boundaries_epochs=10&at=49"
title = "Its moment"
[[scene]]
link = "/neuron?neuron_view=many+steps"
title = "A chart that plays"
[[scene]]
link = "/"
title = "It plays by itself"
[[scene]]
link = "/mnist?mnist_only_paper=true"
title = "Only the paper"
[[scene]]
link = "/mnist?mnist_off=1.3"
title = "One unit off"
"""


@pytest.fixture(scope="module")
def scenes():
    return list(making(talk_of(SCENES), bundled()))


def test_a_walk_opens_with_the_sample_and_at_the_step_of_its_link(scenes):
    (piece,) = scenes[0].pieces
    assert (piece.data["sample"], piece.data["start"]) == (1, 2)


def test_films_begin_at_their_beginning_as_in_the_app_s_talks(scenes):
    film, moment, chart, opening = (scene.pieces[0].data for scene in scenes[1:5])
    assert (film["at"], film["unseen"], scenes[1].begins) == ("0", True, True)
    assert (moment["at"], moment["unseen"], scenes[2].begins) == ("49", False, False)
    assert (chart["at"], scenes[3].begins) == ("0", True)
    assert (opening["at"], opening["opening"], opening["unseen"]) == ("", True, False)


def test_a_scene_with_only_the_paper_has_nothing_else(scenes):
    (piece,) = scenes[5].pieces
    assert (piece.part, piece.data["large"]) == ("pad", True)
    assert scenes[5].said[-1].words.startswith("Two networks read it")


def test_a_unit_that_a_link_switches_off_is_off_on_the_wall_and_for_the_paper(scenes):
    wall, _, pad = scenes[6].pieces
    assert wall.data["wall"]["off"] == "1.3"
    off = pad.data["networks"][[one["walled"] for one in pad.data["readers"]].index(True)]
    net = mlp(off["sizes"], activation=off["activation"], seed=0)
    net.theta = np.frombuffer(base64.b64decode(off["theta"]), np.float16).astype(float)
    assert (net.dense[1].W[2] == 0).all()
    assert (net.dense[1].W[3] != 0).any()
    assert "Unit **3** is off" in scenes[6].said[-1].words


A_NET = "boundaries_layers=1&boundaries_hidden=2&boundaries_epochs=10"
WEIGHTS = np.linspace(-6.25, 1e6, 9)  # whose base64 has both signs that an address writes otherwise
IN_A_LINK = base64.urlsafe_b64encode(WEIGHTS.tobytes()).decode().rstrip("=")
GONE = "AAAAAAAAAAAA"  # a name of nothing on this server


def only_scene(link, question=""):
    asks = f"question = {question}" if question else ""
    talk = talk_of(f'title = "One"\n[[scene]]\nlink = "{link}"\ntitle = "It"\n{asks}')
    (scene,) = making(talk, bundled())
    return talk, scene


@pytest.mark.parametrize("start", [IN_A_LINK, f"1200.{IN_A_LINK}"])
def test_a_film_begins_with_the_weights_that_its_link_brings(start):
    _, scene = only_scene(f"/boundaries?{A_NET}&boundaries_own={start}")
    film = scene.pieces[0].data["film"]
    first = np.frombuffer(base64.b64decode(film["thetas"]), np.float32)[:9]
    assert first.tolist() == WEIGHTS.astype(np.float32).tolist()
    assert scene.said[-1].words.startswith("It began with the weights that the link brings")


@pytest.mark.parametrize(
    ("link", "what"),
    [
        (f"/boundaries?{A_NET}&boundaries_own=~{GONE}", "weights that lie on the app's server"),
        (f"/boundaries?{A_NET}&boundaries_own=9.~{GONE}", "weights that lie on the app's server"),
        (
            f"/boundaries?boundaries_dataset=your+own&boundaries_own_points=~{GONE}",
            "points that lie on the app's server",
        ),
        ("/mnist?run=abcdefgh", "a training, or images, that somebody brought or began"),
        ("/mnist?data=abcdefgh", "a training, or images, that somebody brought or began"),
        (
            "/mnist?mnist_view=before+and+after&mnist_other_run=abcdefgh",
            "a training, or images, that somebody brought or began",
        ),
    ],
)
def test_what_lies_on_a_server_is_no_scene_of_a_file_and_asks_nothing(link, what):
    talk, scene = only_scene(link, '{ ask = "What comes?", answers = ["This", "That"] }')
    assert scene.pieces == []
    assert scene.missing.startswith(f"Not in this file: {what}")
    (written,) = json.loads(packed_in(as_html(talk, [scene]), "scenes"))["scenes"]
    assert written["ask"] == ""


@pytest.mark.parametrize(
    ("link", "says"),
    [
        (
            f"/boundaries?{A_NET}&boundaries_own=abc",
            "The weights that the link brings are not those of this network, so training has its "
            "usual start.",
        ),
        (
            f"/boundaries?{A_NET}&boundaries_foo=1&utm_source=a",
            "The link has “boundaries\\_foo”, which is no setting of this page, so it is left out.",
        ),
        (
            f"/boundaries?{A_NET}&at=abc",
            "The link has “abc” for the moment: expected a step of the film, such as 49, so the "
            "film opens as it does without.",
        ),
        (
            f"/boundaries?{A_NET}&goal=Try&reach=right100",
            "**Goal:** Try *(Checked: all points right.)* The app says whether it is reached.",
        ),
        (f"/boundaries?{A_NET}&predict=true", "In the app a guess is asked for first."),
        ("/mnist?mnist_unit=3", "In the app unit 3 is open here."),
    ],
)
def test_what_a_file_has_otherwise_than_its_link_is_said(link, says):
    _, scene = only_scene(link)
    assert scene.said[-1].words.startswith(says)
    assert scene.pieces != []


def test_what_a_link_locks_is_locked_in_a_file():
    free, locked, other = (
        only_scene(f"/boundaries?{A_NET}{lock}")[1].pieces[0].data
        for lock in ("", "&lock=all", "&lock=all-but-change")
    )
    assert (free["fixed"], locked["fixed"], other["fixed"]) == (False, True, False)


def test_a_boundary_is_drawn_before_its_film_where_there_is_one():
    asks = '{ ask = "Where?", sketch = "boundary" }'
    talk, scene = only_scene(f"/boundaries?{A_NET}", asks)
    (piece,) = scene.pieces
    before, guess = piece.data["asking"]["film"], piece.data["asking"]["guess"]
    assert len(base64.b64decode(before["steps"])) == 4  # one frame
    assert before["thetas"] == piece.data["film"]["thetas"][: len(before["thetas"])]
    assert Types(TYPES).misfit(guess, "GuessOnStage") is None
    assert (guess["drawing"], guess["asking"], guess["only"]) == ("boundary", True, True)
    (written,) = json.loads(packed_in(as_html(talk, [scene]), "scenes"))["scenes"]
    assert (written["ask"], written["sketch"]) == ("Where?", "boundary")
    assert written["how"].startswith("Draw where the boundary will lie")

    talk, scene = only_scene(f"/boundaries?{A_NET}&boundaries_dataset=hills", asks)
    assert "The boundary that this scene asks for cannot be drawn" in scene.said[-1].words
    assert "asking" not in scene.pieces[0].data
    (written,) = json.loads(packed_in(as_html(talk, [scene]), "scenes"))["scenes"]
    assert (written["ask"], written["sketch"]) == ("", "")


def test_nothing_in_a_file_ends_its_scripts_or_asks_for_anything(walk):
    text = as_html(*walk)
    assert text.count("<script>") == text.count("</script>") == 3
    assert not re.search(r"(src|href)=|url\(|@import|\bfetch\(", text)
    assert b"plotly" not in packed_in(text, "parts").lower().replace(b"glassboxplotly", b"")
    assert ".plotly =" not in text  # no scene has a chart


def test_it_is_the_same_byte_for_byte_and_in_a_folder_the_same_in_several_files(walk):
    files = as_folder(*walk)
    assert as_folder(*walk) == files
    assert files.keys() == {"index.html", "talk.css", "parts.js", "scenes.js", "player.js"}
    whole = as_html(*walk)
    for name, text in files.items():
        assert text.strip() in whole or name == "index.html"
    assert re.findall(r'src="([^"]+)"', files["index.html"]) == [
        "parts.js",
        "scenes.js",
        "player.js",
    ]


def test_a_chart_brings_plotlys_script_once():
    link = '[[scene]]\nlink = "/activations"\ntitle = "A curve"\n'
    talk = talk_of(f'title = "Curves"\n{link}{link}')
    text = as_html(talk, list(making(talk, None)))
    assert packed_in(text, "plotly") == PLOTLY.read_bytes()


def test_the_paper_s_networks_read_what_nn_core_s_read():
    images, _ = recorded_digits()
    for reader in readers(recorded_run(Recording.STUDY_NOTES)):
        message = halved(reader)
        net = mlp(message["sizes"], activation=message["activation"], seed=0, dtype=np.float32)
        half = np.frombuffer(base64.b64decode(message["theta"]), np.float16)
        net.theta = half.astype(np.float32)
        x = as_numbers(images)
        assert (net.predict(x).argmax(1) == reader.net.predict(x).argmax(1)).all()


def test_a_wall_keeps_its_first_and_its_last_moment_and_as_many_as_there_is_room_for():
    run = recorded_run(Recording.STUDY_NOTES)
    progress = run.look()
    whole = weight_wall(progress, run.net(progress), recorded_digits()[0], over_time=True)
    few = thinned(whole, 4 * whole.pictures[0].nbytes + 1)
    assert len(few.steps) == len(few.epochs) == len(few.pictures) == len(few.biases) == 4
    assert (few.steps[0], few.steps[-1]) == (whole.steps[0], whole.steps[-1])
    at = [whole.steps.index(step) for step in few.steps]
    assert (few.pictures == whole.pictures[at]).all()
    assert (few.ranges == whole.ranges[at]).all()
    assert thinned(whole, whole.pictures.nbytes) is whole


def test_a_server_makes_a_file_once_for_all_who_ask():
    talk = talk_of(WALK.partition('[[scene]]\nlink = "/mnist')[0])
    text = file_of(talk)
    assert text == as_html(talk, list(making(talk, None)))
    assert file_of(talk) is text


def test_the_command_writes_a_file_and_a_folder(tmp_path, capsys):
    talk = tmp_path / "mine.toml"
    talk.write_text('title = "Mine"\n[[scene]]\nlink = "/neuron"\ntitle = "One"\n', "utf-8")
    assert main([str(talk), "--to", str(tmp_path / "out.html")]) == 0
    assert main([str(talk), "--folder", str(tmp_path / "out")]) == 0
    assert (tmp_path / "out.html").read_text("utf-8").startswith("<!doctype html>")
    assert (tmp_path / "out" / "index.html").is_file()
    assert "wrote" in capsys.readouterr().out


def test_the_command_says_what_is_wrong_with_a_talk(tmp_path, capsys):
    assert main(["no_such_talk"]) == 1
    assert "neither a file nor one of the talks here" in capsys.readouterr().err
    broken = tmp_path / "broken.toml"
    broken.write_text('title = "Mine"\n[[scene]]\nlink = "/nowhere"\ntitle = "One"\n', "utf-8")
    assert main([str(broken)]) == 1
    assert capsys.readouterr().err.startswith("Line 3: there is no page")
