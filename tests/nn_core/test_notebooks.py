"""The three notebooks' own figures, to the digits they printed."""

from types import SimpleNamespace

import numpy as np
import pytest

from nn_core import (
    SGD,
    BinaryCrossEntropy,
    Dense,
    MeanSquaredError,
    Sequential,
    Sigmoid,
    SoftmaxCrossEntropy,
    Trainer,
    mlp,
    normal,
)

SHOWN, DESCENDED = MeanSquaredError(), MeanSquaredError(reduction="sum")


def assert_prints(array, printed, decimals=8):
    """The numbers agree to the last of the printed decimals."""
    np.testing.assert_allclose(np.ravel(array), printed, rtol=0, atol=0.501 * 10.0**-decimals)


# A. One sigmoid neuron

A_X = np.array([[0.0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1]])
A_T = np.array([[0.0], [1], [1], [0]])


@pytest.fixture(scope="module")
def worked_step():
    """Every symbol of notebook A's table, from one step of the network."""
    net = Sequential(Dense(3, 1), Sigmoid(), init="notebook_a")
    dense, sigmoid = net.layers
    x, h, y = trace = net.forward(A_X)
    dy = DESCENDED.grad(y, A_T)
    dh = sigmoid.backward(h, y, dy)
    net.backward(trace, dy)
    start = net.theta.copy()
    SGD(lr=0.01).step(net.theta, net.grad)
    return SimpleNamespace(
        x=x, h=h, y=y, slope=sigmoid.derivative(h, y), dy=dy, dh=dh, start=start, dense=dense
    )


def test_a_starts_from_the_notebooks_weights(worked_step):
    assert_prints(worked_step.start, [0.47143516, -1.19097569, 1.43270697, 0])


def test_a_forward(worked_step):
    assert_prints(worked_step.h, [1.43270697, 0.71316644, 1.90414213, 0.24173127])
    assert_prints(worked_step.y, [0.80732274, 0.67110045, 0.87035962, 0.56014025])


def test_a_squared_errors_and_their_mean(worked_step):
    y = worked_step.y
    each = [SHOWN.value(y[k : k + 1], A_T[k : k + 1]) for k in range(4)]
    assert_prints(each, [0.65177001, 0.10817491, 0.01680663, 0.31375710])
    assert SHOWN.value(y, A_T) == pytest.approx(0.27262716361994604, rel=1e-14)


def test_a_calls_every_input_class_1_and_is_half_right(worked_step):
    np.testing.assert_array_equal(SHOWN.classes(worked_step.y), [1, 1, 1, 1])
    assert SHOWN.accuracy(worked_step.y, A_T) == 0.5


def test_a_backward(worked_step):
    assert_prints(worked_step.dy, [1.61464548, -0.6577991, -0.25928077, 1.1202805])
    assert_prints(worked_step.slope, [0.15555273, 0.22072464, 0.11283376, 0.24638315])
    assert_prints(worked_step.dh, [0.25116252, -0.14519247, -0.02925562, 0.27601824])
    assert_prints(worked_step.dense.dW, [-0.17444809, 0.13082577, 0.35273266])
    assert_prints(worked_step.dense.db, [0.35273266])


def test_a_one_step_later(worked_step):
    assert_prints(worked_step.dense.W, [0.47317964, -1.19228395, 1.42917964])
    assert_prints(worked_step.dense.b, [-0.00352733])


@pytest.fixture(scope="module")
def a_thousand_steps():
    """Notebook A's training run: outputs, mean loss and accuracy after 0, 1, … 1,000 steps."""
    net = Sequential(Dense(3, 1), Sigmoid())
    net.theta = [*np.random.RandomState(1234).randn(4, 3, 1)[3, :, 0], 0]
    trainer = Trainer(net, DESCENDED, SGD(lr=0.01), A_X, A_T, batch_size=4)
    outputs = [net.predict(A_X)]
    for _ in range(1000):
        trainer.step()
        outputs.append(net.predict(A_X))
    return SimpleNamespace(
        start=np.random.RandomState(1234).randn(4, 3, 1)[3],
        outputs=outputs,
        losses=[SHOWN.value(y, A_T) for y in outputs],
        accuracies=[SHOWN.accuracy(y, A_T) for y in outputs],
    )


def test_a_trains_from_the_fourth_draw_after_the_seed(a_thousand_steps):
    assert_prints(a_thousand_steps.start, [-2.24268495, 1.15003572, 0.99194602])


def test_a_mean_loss_before_the_first_step_and_before_the_last(a_thousand_steps):
    assert a_thousand_steps.losses[0] == pytest.approx(0.5532968595697426, rel=1e-13)
    assert a_thousand_steps.losses[999] == pytest.approx(0.10835635687797315, rel=1e-13)


def test_a_accuracy_rises_at_the_notebooks_steps(a_thousand_steps):
    accuracies = a_thousand_steps.accuracies
    changes = [(s, accuracies[s]) for s in range(1, 1001) if accuracies[s] != accuracies[s - 1]]
    assert accuracies[0] == 0
    assert changes == [(14, 0.25), (341, 0.5), (574, 0.75), (775, 1.0)]


def test_a_ends_with_the_notebooks_outputs(a_thousand_steps):
    assert_prints(a_thousand_steps.outputs[1000], [0.31499, 0.72324, 0.66336, 0.37881], decimals=5)


# B. A 784-50-10 perceptron on MNIST


@pytest.mark.parametrize("seed", range(8))
def test_b_five_images_loss_falls_from_about_the_notebooks_with_every_step(mnist, seed):
    x, t = mnist.x_train[:5], mnist.t_train[:5]
    np.testing.assert_array_equal(t, [5, 0, 4, 1, 9])
    net = mlp([784, 50, 10], "sigmoid", normal(0.1), seed, np.float32)
    loss = SoftmaxCrossEntropy()
    trainer = Trainer(net, loss, SGD(lr=0.1), x, t, batch_size=5, record_at=range(6))
    losses = trainer.run(steps=5)["loss"]
    assert losses[0] == pytest.approx(2.43, rel=0.15)
    assert len(losses) == 6
    assert (np.diff(losses) < 0).all()


@pytest.fixture(scope="module")
def two_epochs(mnist):
    """Notebook B's recipe for the first 1,200 of its 50,000 steps."""
    net = mlp([784, 50, 10], "sigmoid", normal(0.01), seed=0, dtype=np.float32)
    start = net.copy()
    trainer = Trainer(
        net,
        SoftmaxCrossEntropy(),
        SGD(lr=0.1),
        mnist.x_train,
        mnist.t_train,
        batch_size=100,
        replace=True,
        validation=(mnist.x_test, mnist.t_test),
    )
    trainer.run(epochs=2)
    return SimpleNamespace(start=start, net=net, trainer=trainer)


def test_b_two_epochs_reach_85_percent_on_the_test_images(two_epochs, mnist):
    assert two_epochs.trainer.step_count == 1200
    right = two_epochs.net.predict(mnist.x_test).argmax(axis=1) == mnist.t_test
    assert right.mean() >= 0.85  # the notebook's 0.8808 at step 1,200
    assert two_epochs.trainer.history["val_accuracy"][-1] == pytest.approx(right.mean())


def test_b_the_hidden_weights_have_left_their_start(two_epochs):
    before, after = two_epochs.start.dense[0].W, two_epochs.net.dense[0].W
    assert np.linalg.norm(after - before) > np.linalg.norm(before)


# C. A two-layer network on XOR with binary cross-entropy; the notebook's arrays lie on their side

C_X = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])
C_T = np.array([[0.0], [1], [1], [0]])


def test_c_affine_check():
    net = Sequential(Dense(2, 2))
    net.dense[0].W[:], net.dense[0].b[:] = np.array([[1, 1], [2, 2]]).T, [1, 2]
    np.testing.assert_array_equal(net.predict(np.array([[1.0, 1.0]])), [[3, 6]])


def test_c_sigmoid_of_a_tenth():
    assert_prints(Sigmoid().forward(np.array([0.1])), [0.52497918747894], decimals=14)


def test_c_one_sample():
    net, loss = mlp([2, 2, 1], "sigmoid", init="notebook_c"), BinaryCrossEntropy()
    _, z1, a1, z2 = net.forward(np.array([[0.5, 0.1]]))
    assert_prints(z1, [0.00037727, 0.2420103])
    assert_prints(a1, [0.50009432, 0.560209])
    assert_prints(z2, [0.75020481])
    assert_prints(loss.output(z2), [0.67922332])
    assert loss.value(z2, np.ones((1, 1))) == pytest.approx(0.3868053036181012, rel=1e-14)


@pytest.fixture(scope="module")
def plateau():
    """Notebook C's 150,000 steps, the losses before the first and at 149,900 remembered."""
    net, loss = mlp([2, 2, 1], "sigmoid", init="notebook_c"), BinaryCrossEntropy()
    trainer = Trainer(
        net, loss, SGD(lr=0.1), C_X, C_T, batch_size=4, record_at=frozenset([0, 149_900])
    )
    trainer.run(steps=150_000)
    return SimpleNamespace(history=trainer.history, outputs=loss.output(net.predict(C_X))[:, 0])


def test_c_losses_are_the_notebooks(plateau):
    assert plateau.history["step"] == [0, 149_900]
    expected = [0.770718622225264, 0.3470067255462489]
    np.testing.assert_allclose(plateau.history["loss"], expected, rtol=1e-12)


def test_c_ends_with_the_notebooks_outputs_two_of_them_stuck(plateau):
    printed = [6.21620551e-04, 4.99846111e-01, 9.99591612e-01, 5.00196568e-01]
    np.testing.assert_allclose(plateau.outputs, printed, rtol=5e-9)
