"""The loop over steps, compiled: forward, how wrong, backward, step, as in nn_core, in one call.

Numba compiles `take_steps` when this file is imported, or finds it compiled: `compiled.py` says
where that is kept, and imports this file only when it is settled. Arrays lie on their side, (units,
batch), so that the innermost loops run along the batch; the units of all layers lie in one, those
of a layer from `first` to `last`, and W and b where they lie in theta. (A part cut out of an array
costs as much as a step of the smallest network.) What has a name in nn_core, activations, losses,
optimizers, comes as a whole number: its place in the tables of `plan.py`.
"""

import math

import numba
import numpy as np

# Sums may be taken in whatever order the processor likes best, always the same on one machine.
compiled = numba.njit(error_model="numpy", fastmath={"reassoc", "contract"})
exact = numba.njit(error_model="numpy")
SIGNATURE = (
    "Tuple((int64, boolean))("
    "int64[::1], int64[::1], float64[::1], float64, int64, boolean, float64, float64, "
    "int64, float64[::1], float64[:, ::1], float64[:, ::1], int64[::1], int64[::1], int64[::1], "
    "float64[::1], int64[::1], float64[::1], int64, int64[::1], float64[::1], float64[::1], "
    "float64[:, ::1], float64[:, ::1], float64[:, ::1])"
)

ROOT_2 = math.sqrt(2)
DENSITY = 1 / math.sqrt(2 * math.pi)
GELU_SLOPE = math.sqrt(2 / math.pi)


@exact
def sigmoid(z):
    """σ(z) = 1 / (1 + e⁻ᶻ)."""
    return 1 / (1 + math.exp(-z))


@exact
def tanh(z):
    """tanh z = (1 − e) / (1 + e) with e = e^(−2|z|); near 0, where that loses digits, the usual."""
    if abs(z) < 0.1:
        return math.tanh(z)
    e = math.exp(-2 * abs(z))
    return math.copysign((1 - e) / (1 + e), z)


@exact
def f_and_slope(kind, number, z):
    """f(z) and f′(z) of one number, by the activation's place in plan.KINDS."""
    if kind == 0:  # identity
        return z, 1.0
    if kind == 1:  # step
        return (1.0 if z > 0 else 0.0), 0.0
    if kind == 2:  # sigmoid
        a = sigmoid(z)
        return a, a * (1 - a)
    if kind == 3:  # tanh
        a = tanh(z)
        return a, 1 - a * a
    if kind == 4:  # relu
        return (0.0 if z <= 0 else z), (1.0 if z > 0 else 0.0)
    if kind == 5:  # leaky_relu
        return (z, 1.0) if z > 0 else (number * z, number)
    if kind == 6:  # elu
        if z > 0:
            return z, 1.0
        a = number * math.expm1(z)
        return a, a + number
    if kind == 7:  # softplus
        return max(z, 0.0) + math.log1p(math.exp(-abs(z))), sigmoid(z)
    if kind == 8:  # silu
        s = sigmoid(z)
        return z * s, s * (1 + z * (1 - s))
    if kind == 9:  # gelu
        below = 0.5 * (1 + math.erf(z / ROOT_2))
        return z * below, below + z * (math.exp(-0.5 * z * z) * DENSITY)
    if kind == 10:  # gelu_tanh
        t = math.tanh(GELU_SLOPE * (z + 0.044715 * z * z * z))
        small = min(max(z, -100.0), 100.0)
        du = GELU_SLOPE * (1 + 3 * 0.044715 * small * small)
        return 0.5 * z * (1 + t), 0.5 * (1 + t) + 0.5 * small * (1 - t * t) * du
    return math.nan, math.nan


@compiled
def bend(kind, number, a, slope, first, last):
    """a = f(z) in the place of z, and f′(z) in that of slope, for these units, (units, batch)."""
    for j in range(first, last):
        for k in range(a.shape[1]):
            a[j, k], slope[j, k] = f_and_slope(kind, number, a[j, k])


@compiled
def silence(draws, drawn, keep, a, slope, first, last):
    """Dropout: a · mask, the mask from draws, (batch · units,) as nn_core takes them."""
    units = last - first
    for j in range(units):
        for k in range(a.shape[1]):
            mask = 1 / keep if draws[drawn + k * units + j] < keep else 0.0
            a[first + j, k] *= mask
            slope[first + j, k] *= mask


@compiled
def forward(theta, W, b, a, before, first, last):
    """z = x @ W + b: the units before make those from first to last."""
    n_out = last - first
    for j in range(n_out):
        w = theta[W + j]
        for k in range(a.shape[1]):
            a[first + j, k] = a[before, k] * w
        for i in range(1, first - before):
            w = theta[W + i * n_out + j]
            for k in range(a.shape[1]):
                a[first + j, k] += a[before + i, k] * w
        w = theta[b + j]
        for k in range(a.shape[1]):
            a[first + j, k] += w


@compiled
def backward(grad, W, b, a, dz, before, first, last):
    """dW = xᵀ dz and db = Σ dz."""
    n_out = last - first
    for j in range(n_out):
        for i in range(first - before):
            total = 0.0
            for k in range(a.shape[1]):
                total += a[before + i, k] * dz[first + j, k]
            grad[W + i * n_out + j] = total
        total = 0.0
        for k in range(a.shape[1]):
            total += dz[first + j, k]
        grad[b + j] = total


@compiled
def blame(theta, W, dz, slope, before, first, last):
    """dz of the layer before: dz @ Wᵀ · f′."""
    n_out = last - first
    for i in range(first - before):
        w = theta[W + i * n_out]
        for k in range(dz.shape[1]):
            dz[before + i, k] = dz[first, k] * w
        for j in range(1, n_out):
            w = theta[W + i * n_out + j]
            for k in range(dz.shape[1]):
                dz[before + i, k] += dz[first + j, k] * w
        for k in range(dz.shape[1]):
            dz[before + i, k] *= slope[before + i, k]


@exact
def how_wrong(loss, share, z, t, dz, first):
    """dz = dL/dz of the outputs z, the units from `first` on, against t, (outputs, batch)."""
    outputs, batch = t.shape
    for k in range(batch):
        if loss == 0:  # squared error
            for j in range(outputs):
                dz[first + j, k] = 2 * (z[first + j, k] - t[j, k]) * share
        elif loss == 1:  # cross-entropy
            for j in range(outputs):
                dz[first + j, k] = (sigmoid(z[first + j, k]) - t[j, k]) * share
        else:  # cross-entropy after softmax
            largest = z[first, k]
            for j in range(1, outputs):
                if not z[first + j, k] <= largest:
                    largest = z[first + j, k]
            total = 0.0
            for j in range(outputs):
                dz[first + j, k] = math.exp(z[first + j, k] - largest)
                total += dz[first + j, k]
            for j in range(outputs):
                dz[first + j, k] = (dz[first + j, k] / total - t[j, k]) * share


@exact
def penalise(l1, l2, theta, grad, start, end):
    """dW + l1 · sign(W) + 2 · l2 · W, for the weights from `start` to `end`."""
    for i in range(start, end):
        grad[i] += l1 * np.sign(theta[i]) + 2 * l2 * theta[i]


@exact
def move(rule, numbers, lr, time, theta, g, memory):
    """One step of an optimizer, by its place in the plan's table; `time` counts from 1."""
    v = memory[0]
    if rule == 0:  # gradient descent
        for i in range(len(theta)):
            theta[i] -= lr * g[i]
    elif rule == 1 or rule == 2:  # with momentum, Nesterov's
        momentum = numbers[0]
        for i in range(len(theta)):
            v[i] = momentum * v[i] - lr * g[i]
            theta[i] += momentum * v[i] - lr * g[i] if rule == 2 else v[i]
    elif rule == 3:  # RMSprop
        rho, epsilon = numbers[0], numbers[1]
        for i in range(len(theta)):
            v[i] += (1 - rho) * (g[i] * g[i] - v[i])
            theta[i] -= lr * g[i] / (math.sqrt(v[i]) + epsilon)
    else:  # Adam
        beta1, beta2, epsilon = numbers[0], numbers[1], numbers[2]
        m, v = memory[0], memory[1]
        rate, correction = lr / (1 - beta1**time), 1 - beta2**time
        for i in range(len(theta)):
            m[i] += (g[i] - m[i]) * (1 - beta1)
            v[i] += (g[i] * g[i] - v[i]) * (1 - beta2)
            theta[i] -= rate * m[i] / (math.sqrt(v[i] / correction) + epsilon)


@compiled
def length(a):
    """√(Σ a²) of a vector."""
    total = 0.0
    for i in range(len(a)):
        total += a[i] * a[i]
    return math.sqrt(total)


@numba.njit(
    SIGNATURE,
    nogil=True,
    cache=bool(numba.config.CACHE_DIR),
    error_model="numpy",
    fastmath={"reassoc", "contract"},
)
def take_steps(
    sizes,  # units a layer, inputs first
    kinds, numbers,  # of each hidden layer's activation
    keep,  # the share that dropout lets through, 1 without
    loss, summed,  # its place, and whether it sums over the batch
    l1, l2,
    rule, rule_numbers,  # the optimizer
    x, t,  # (inputs, samples) and (outputs, samples)
    order, begins, ends,  # step s looks at the samples order[begins[s]:ends[s]]
    draws, draws_begin,  # dropout's chance, step after step
    rates,  # a learning rate a step
    time,  # steps that the optimizer has taken before
    looks,  # after how many steps to note down theta and the gradient's lengths, rising
    theta, grad, memory,  # changed in place
    thetas, norms,  # (looks, parameters), (looks, layers): what was noted down
):  # fmt: skip
    """As many steps as there are rates, or up to the one after which theta is no longer finite.

    Returns how many were taken, and whether theta is still finite.
    """
    layers = len(sizes) - 1
    first = np.zeros(layers + 2, np.int64)  # unit of each layer, counted through
    start = np.zeros(layers + 1, np.int64)  # of each layer's parameters
    for layer in range(layers + 1):
        first[layer + 1] = first[layer] + sizes[layer]
        if layer < layers:
            start[layer + 1] = start[layer] + (sizes[layer] + 1) * sizes[layer + 1]
    units = first[-1]
    a, slope, dz = np.empty((units, 0)), np.empty((units, 0)), np.empty((units, 0))
    t_batch = np.empty((sizes[-1], 0))
    look, batch, begin, end = 0, 0, -1, -1
    for step in range(len(rates)):
        if begins[step] != begin or ends[step] != end:  # else it looks at the same samples again
            begin, end = begins[step], ends[step]
            if end - begin != batch:
                batch = end - begin
                a, slope = np.empty((units, batch)), np.empty((units, batch))
                dz, t_batch = np.empty((units, batch)), np.empty((sizes[-1], batch))
            for k in range(batch):
                for i in range(sizes[0]):
                    a[i, k] = x[i, order[begin + k]]
                for j in range(sizes[-1]):
                    t_batch[j, k] = t[j, order[begin + k]]
        drawn = draws_begin[step]

        for layer in range(1, layers + 1):
            W, b = start[layer - 1], start[layer] - sizes[layer]
            before, this, last = first[layer - 1], first[layer], first[layer + 1]
            forward(theta, W, b, a, before, this, last)
            if layer < layers:
                bend(kinds[layer - 1], numbers[layer - 1], a, slope, this, last)
                if keep < 1:
                    silence(draws, drawn, keep, a, slope, this, last)
                    drawn += (last - this) * batch

        share = 1.0 if summed else 1 / batch
        how_wrong(loss, share, a, t_batch, dz, first[layers])

        for layer in range(layers, 0, -1):
            W, b = start[layer - 1], start[layer] - sizes[layer]
            before, this, last = first[layer - 1], first[layer], first[layer + 1]
            backward(grad, W, b, a, dz, before, this, last)
            if layer > 1:
                blame(theta, W, dz, slope, before, this, last)
            if l1 > 0 or l2 > 0:
                penalise(l1, l2, theta, grad, W, b)

        move(rule, rule_numbers, rates[step], time + step + 1, theta, grad, memory)
        if not math.isfinite(length(theta)):
            return step + 1, False
        if look < len(looks) and looks[look] == step + 1:
            for i in range(len(theta)):
                thetas[look, i] = theta[i]
            for layer in range(layers):
                middle = start[layer + 1] - sizes[layer + 1]
                norms[look, layer] = math.hypot(
                    length(grad[start[layer] : middle]), length(grad[middle : start[layer + 1]])
                )
            look += 1
    return len(rates), True
