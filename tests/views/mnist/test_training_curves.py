import numpy as np
import pytest

from figures.words import number
from recipes.overfitting import overfitting
from runs.run import Progress, State
from runs.snapshots import snapshot
from views.mnist.training.curves import moving_mean, training_curves, training_figure


def progress(step, steps=4800, epochs_done=0):
    rows = list(range(0, epochs_done * 600 + 1, 600))
    values = [0.1 * i for i in range(len(rows))]
    history = {"step": rows, "accuracy": values, "val_accuracy": values}
    losses = np.arange(step, dtype=np.float32)
    theta = np.zeros(16, np.float32)
    return Progress(State.RUNNING, step, steps, 600, history, losses, theta, [4, 2, 2], ())


def test_the_loss_is_the_mean_of_equal_groups_of_batches():
    curves = training_curves(progress(1000))
    assert curves.batches == 3  # 1,000 batches on at most 400 points
    np.testing.assert_allclose(curves.loss[:2], [np.mean([0, 1, 2]), np.mean([3, 4, 5])])
    np.testing.assert_allclose(curves.epoch[:2], [1.5 / 600, 4.5 / 600])
    assert len(curves.loss) == 333


def test_a_run_that_has_not_begun_is_a_valid_figure():
    curves = training_curves(progress(0))
    assert len(curves.loss) == 0
    assert training_figure(curves).layout.xaxis.autorangeoptions.to_plotly_json()["include"] == [
        0,
        2,
    ]


def test_the_axis_grows_with_the_run_and_ends_where_it_ends():
    spans = [training_curves(progress(step)).span for step in (600, 3000, 4800)]
    assert spans == [2, pytest.approx(6), 8]


@pytest.mark.parametrize("rows", [3, 9])
def test_each_accuracy_is_named_above_its_panel_where_no_curve_is(rows):
    """Row n of this run has an accuracy of n / 10."""
    figure = training_figure(training_curves(progress(600 * rows, epochs_done=rows)))
    names = [a for a in figure.layout.annotations if a.yref == "y2 domain"]
    assert [a.text for a in names] == [
        f"─ training digits {rows}0.0%",
        f"┄ test digits (unseen) {rows}0.0%",
    ]
    assert all((name.y, name.yanchor) == (1, "bottom") for name in names)  # above the panel


def by_heart():
    """Five images: all right from epoch 10 on, a third of the others, whose loss rises."""
    epochs = np.arange(201)
    history = {
        "step": epochs.tolist(),
        "accuracy": np.minimum(1, epochs // 2 / 5).tolist(),
        "val_accuracy": (0.33 - 0.22 * np.exp(-epochs / 20)).tolist(),
        "loss": (2.3 * np.exp(-epochs / 30)).tolist(),
        "val_loss": (3.37 - 1.01 * np.exp(-np.abs(epochs - 1) / 40)).tolist(),
    }
    return progress(200, 200)._replace(
        history=history, batch_loss=2.3 * np.exp(-np.arange(200) / 30), steps_per_epoch=1
    )


@pytest.mark.parametrize("brief", [False, True], ids=["page", "projector"])
def test_the_names_have_the_numbers_of_each_moment_that_the_wall_can_show(brief):
    """Each number is the last one of its kind that was known by then."""
    run = by_heart()
    steps = [0, 3, 40, 150]
    shots = tuple(snapshot(step, run.theta, run.sizes) for step in steps)
    over = run._replace(state=State.FINISHED, snapshots=shots)
    moments = training_figure(training_curves(over), brief).layout.meta["moments"]
    assert moments["epochs"] == [*steps, 200]
    for step, words in zip([*steps, 200], moments["words"], strict=True):
        seen, test = (run.history[name][step] for name in ("accuracy", "val_accuracy"))
        assert [word.split()[-1] for word in words[2:]] == [f"{seen:.1%}", f"{test:.1%}"]
        assert words[1].endswith(f" {number(run.history['val_loss'][step])}")
        last = f" {number(run.batch_loss[step - 1])}" if step else words[0].split(" ", 1)[1]
        assert words[0].endswith(last)
        assert any(letter.isdigit() for letter in words[0]) == (step > 0)
    found = [overfitting({k: v[: s + 1] for k, v in run.history.items()}) for s in [*steps, 200]]
    assert moments["shown"] == [one is not None for one in found]
    assert set(moments["shown"]) == {False, True}
    live = training_figure(training_curves(run._replace(snapshots=shots)), brief)
    assert live.layout.meta["moments"]["epochs"] == [200]


def test_many_accuracies_have_no_marks_which_would_hide_that_a_line_is_dashed():
    modes = {
        rows: training_figure(training_curves(progress(4800, 4800 * 9, rows))).data[2].mode
        for rows in (5, 60)
    }
    assert modes == {5: "lines+markers", 60: "lines"}


# Smoothing


@pytest.mark.parametrize("n", [1, 3, 4, 10, 57, 400])
@pytest.mark.parametrize("reach", [1, 3, 20])
def test_a_smooth_point_is_the_mean_of_as_many_neighbours_on_either_side(n, reach):
    values = np.random.default_rng(n).random(n)
    wide = [min(reach, i, n - 1 - i) for i in range(n)]
    slow = [values[i - w : i + w + 1].mean() for i, w in enumerate(wide)]
    np.testing.assert_allclose(moving_mean(values, reach), slow, rtol=1e-12)


def test_a_smooth_curve_begins_and_ends_where_the_curve_does():
    fall = np.geomspace(2.3, 0.3, 400)
    smooth = moving_mean(fall, 20)
    assert (smooth[0], smooth[-1]) == pytest.approx((2.3, 0.3))


def test_a_curve_is_smooth_on_request_only_and_keeps_its_level():
    rng = np.random.default_rng(0)
    noisy = progress(4000)._replace(batch_loss=(1 + rng.normal(0, 0.3, 4000)).astype(np.float32))
    assert training_curves(noisy).smooth.size == 0
    curves = training_curves(noisy, smoothed=True)
    assert curves.smooth.shape == curves.loss.shape
    assert np.diff(curves.smooth).std() < np.diff(curves.loss).std() / 5
    assert curves.smooth.mean() == pytest.approx(curves.loss.mean(), rel=0.01)
    assert training_curves(progress(0), smoothed=True).smooth.size == 0


def test_a_straight_line_stays_one():
    curves = training_curves(progress(400), smoothed=True)
    np.testing.assert_allclose(curves.smooth[20:-20], curves.loss[20:-20], rtol=1e-6)


def test_the_figure_has_the_numbers_and_a_smooth_curve_in_front_when_asked():
    curves = training_curves(progress(1200, epochs_done=2), smoothed=True)
    figure = training_figure(curves)
    traces = {trace.name: trace for trace in figure.data}
    assert list(traces)[:4] == ["loss", "training digits", "test digits", "loss, smoothed"]
    np.testing.assert_array_equal(traces["loss"].y, curves.loss)
    np.testing.assert_array_equal(traces["loss, smoothed"].y, curves.smooth)
    np.testing.assert_array_equal(traces["loss, smoothed"].x, curves.epoch)
    np.testing.assert_array_equal(traces["test digits"].y, curves.val_accuracy)
    plain = training_figure(training_curves(progress(1200, epochs_done=2)))
    assert plain.data[0].line.color == traces["loss, smoothed"].line.color
    assert plain.data[0].line.color != traces["loss"].line.color
    assert len(plain.data[3].x) == 0


# Unseen digits, and overfitting


def overfitted(rows, lowest):
    """A run whose loss on test digits was lowest at this row, while that on its own fell."""
    unseen = [1 + 0.2 * abs(row - lowest) for row in range(rows)]
    history = {
        "step": list(range(0, 600 * rows, 600)),
        "loss": [2 / (row + 1) for row in range(rows)],
        "val_loss": unseen,
        "accuracy": [0.9] * rows,
        "val_accuracy": [0.6] * rows,
    }
    return progress(600 * (rows - 1))._replace(history=history)


def test_what_is_dashed_is_unseen_in_both_panels_and_named_so_where_it_is():
    figure = training_figure(training_curves(overfitted(8, 7)))
    dashed = [trace for trace in figure.data if trace.line.dash not in (None, "solid")]
    assert [trace.name for trace in dashed] == ["test digits", "loss on test digits"]
    (colour,) = {trace.line.color for trace in dashed}
    named = [a.text for a in figure.layout.annotations if a.font.color == colour]
    assert len(named) == 2
    assert all(text.startswith("┄ test digits (unseen)") for text in named)
    np.testing.assert_array_equal(dashed[1].y, [1 + 0.2 * (7 - row) for row in range(8)])


def test_a_ring_is_where_overfitting_begins_and_nowhere_else():
    figure = training_figure(training_curves(overfitted(8, 3)))
    ring = next(trace for trace in figure.data if trace.name == "overfitting begins")
    assert (list(ring.x), list(ring.y)) == ([3.0], [1.0])
    (words,) = [a for a in figure.layout.annotations if a.text == "overfitting begins"]
    assert (words.x, words.y) == (3.0, 1.0)
    none = training_figure(training_curves(overfitted(8, 7)))
    assert not [a for a in none.layout.annotations if a.text == "overfitting begins"]
    assert all(len(t.x) == 0 for t in none.data if t.name == "overfitting begins")
