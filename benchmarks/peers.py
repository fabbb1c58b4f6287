"""What people would use instead, each as it would be written by someone who knows it.

Every function prepares its data and returns a function without arguments that does the work.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from datasets.digits import Digits

Work = Callable[[], object]
BATCH, STEPS = 100, 600


def five_products() -> Work:
    """The matrix products of a step and nothing else: two forward, three backward."""
    rng = np.random.default_rng(0)
    x, W1, W2 = (rng.random(s, np.float32) for s in ((BATCH, 784), (784, 50), (50, 10)))
    a, dz, da = (rng.random(s, np.float32) for s in ((BATCH, 50), (BATCH, 10), (BATCH, 50)))

    def work() -> None:
        for _ in range(STEPS):
            x @ W1
            a @ W2
            a.T @ dz
            dz @ W2.T
            x.T @ da

    return work


def notebook_b(digits: Digits) -> Work:
    """Notebook B: dictionaries of float64 arrays, and the loss after every step for its chart."""
    x_train, t_train = digits.x_train.astype(np.float64), np.eye(10)[digits.t_train]
    rng, losses = np.random.default_rng(0), []
    params = {
        "W1": 0.01 * rng.standard_normal((784, 50)),
        "b1": np.zeros(50),
        "W2": 0.01 * rng.standard_normal((50, 10)),
        "b2": np.zeros(10),
    }

    def predict(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        a1 = 1 / (1 + np.exp(-(x @ params["W1"] + params["b1"])))
        z2 = a1 @ params["W2"] + params["b2"]
        e = np.exp(z2 - z2.max(axis=1, keepdims=True))
        return a1, e / e.sum(axis=1, keepdims=True)

    def gradient(x: np.ndarray, t: np.ndarray) -> dict[str, np.ndarray]:
        a1, p = predict(x)
        dz2 = (p - t) / len(x)
        dz1 = dz2 @ params["W2"].T * a1 * (1 - a1)
        return {
            "W1": x.T @ dz1,
            "b1": dz1.sum(axis=0),
            "W2": a1.T @ dz2,
            "b2": dz2.sum(axis=0),
        }

    def work() -> None:
        for _ in range(STEPS):
            chosen = rng.choice(len(x_train), BATCH)
            grads = gradient(x_train[chosen], t_train[chosen])
            for name in params:
                params[name] -= 0.1 * grads[name]
            _, p = predict(x_train[chosen])
            losses.append(-np.sum(t_train[chosen] * np.log(p + 1e-7)) / BATCH)

    return work


def scikit_learn(digits: Digits) -> Work:
    """MLPClassifier, one more epoch of plain SGD at every call, in float32."""
    from sklearn.neural_network import MLPClassifier

    classifier = MLPClassifier(
        (50,),
        activation="logistic",
        solver="sgd",
        alpha=0,
        batch_size=BATCH,
        learning_rate_init=0.1,
        momentum=0,
        max_iter=1,
        warm_start=True,
    )
    return lambda: classifier.fit(digits.x_train, digits.t_train)


def pytorch(digits: Digits, threads: int) -> Work:
    """PyTorch, eager, float32, shuffled by index; on as many threads as asked."""
    import torch

    x, t = torch.from_numpy(digits.x_train), torch.from_numpy(digits.t_train)
    net = torch.nn.Sequential(torch.nn.Linear(784, 50), torch.nn.Sigmoid(), torch.nn.Linear(50, 10))
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    loss = torch.nn.CrossEntropyLoss()

    def work() -> None:
        torch.set_num_threads(threads)
        for chosen in torch.randperm(len(x)).split(BATCH):
            optimizer.zero_grad()
            loss(net(x[chosen]), t[chosen]).backward()
            optimizer.step()

    return work


def plain_loop(sizes: Sequence[int], x: np.ndarray, t: np.ndarray, epochs: int) -> Work:
    """A tanh network with a sigmoid at its end, as two lists of arrays and a loop."""
    rng = np.random.default_rng(0)
    W = [rng.normal(size=shape) / np.sqrt(shape[0]) for shape in pairwise(sizes)]
    b = [np.zeros(n) for n in sizes[1:]]
    lr, batch = 0.03, 10

    def work() -> None:
        for _ in range(epochs):
            order = rng.permutation(len(x))
            for start in range(0, len(x), batch):
                chosen = order[start : start + batch]
                a = [x[chosen]]
                for i in range(len(W)):
                    z = a[-1] @ W[i] + b[i]
                    a.append(np.tanh(z) if i < len(W) - 1 else 1 / (1 + np.exp(-z)))
                dz = (a[-1] - t[chosen]) / batch
                for i in reversed(range(len(W))):
                    dW, db = a[i].T @ dz, dz.sum(axis=0)
                    if i > 0:
                        dz = dz @ W[i].T * (1 - a[i] ** 2)
                    W[i] -= lr * dW
                    b[i] -= lr * db

    return work


def notebook_c(steps: int) -> Work:
    """Notebook C: arrays are (features, batch), the cost is looked at every 100 steps."""
    X, Y = np.array([[0.0, 0, 1, 1], [0, 1, 0, 1]]), np.array([[0.0, 1, 1, 0]])
    random = np.random.RandomState(42)
    start = [random.randn(2, 2), random.randn(2, 1), random.randn(1, 2), random.randn(1, 1)]

    def sigmoid(z: np.ndarray) -> np.ndarray:
        return 1 / (1 + np.exp(-z))

    def work() -> None:
        W1, b1, W2, b2 = start
        m = X.shape[1]
        for step in range(steps):
            H = sigmoid(np.dot(W1, X) + b1)
            Y_hat = sigmoid(np.dot(W2, H) + b2)
            if step % 100 == 0:
                -np.sum(Y * np.log(Y_hat) + (1 - Y) * np.log(1 - Y_hat)) / m
            dZ2 = Y_hat - Y
            dW2, db2 = np.dot(dZ2, H.T) / m, np.sum(dZ2, axis=1, keepdims=True) / m
            dZ1 = np.dot(W2.T, dZ2) * H * (1 - H)
            dW1, db1 = np.dot(dZ1, X.T) / m, np.sum(dZ1, axis=1, keepdims=True) / m
            W1, b1 = W1 - 0.1 * dW1, b1 - 0.1 * db1
            W2, b2 = W2 - 0.1 * dW2, b2 - 0.1 * db2

    return work
