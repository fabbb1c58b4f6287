"""The precise statements behind the views of Gradients."""

BACKPROP_FORMULAS = [
    "Forward, layer by layer, with the target $t$ and the loss at the end:",
    r"$$z_l = a_{l-1} W_l + b_l, \quad a_l = f(z_l), \quad \hat y = \sigma(z_n), \quad "
    r"L = -t \ln \hat y - (1 - t) \ln(1 - \hat y)$$",
    "Back, the chain rule: each layer turns what it is told into what it passes on,",
    r"$$\frac{\partial L}{\partial z_n} = \hat y - t, \qquad \frac{\partial L}{\partial a_l} = "
    r"\frac{\partial L}{\partial z_{l+1}} W_{l+1}^\top, \qquad \frac{\partial L}{\partial z_l} "
    r"= \frac{\partial L}{\partial a_l} \odot f'(z_l)$$",
    r"$$\frac{\partial L}{\partial W_l} = a_{l-1}^\top \frac{\partial L}{\partial z_l}, \qquad "
    r"\frac{\partial L}{\partial b_l} = \frac{\partial L}{\partial z_l}$$",
    r"The ∂ under a unit is $\partial L / \partial z$, its bias's gradient, too. The check:",
    r"$$\frac{\partial L}{\partial w} \approx \frac{L(w + h) - L(w - h)}{2h}, \quad h = 10^{-5}$$",
    r"The step $\theta \leftarrow \theta - \eta g$ should bring $L - \eta \lVert g \rVert^2$, "
    "if the loss were a straight line.",
]

DEPTH_FORMULAS = [
    "The gradient of layer $l$, by the chain rule through all layers after it (● elementwise):",
    r"$$\frac{\partial L}{\partial z_l} = \left(\frac{\partial L}{\partial z_{l+1}}\, "
    r"W_{l+1}^\top\right) \odot f'(z_l), \qquad \frac{\partial L}{\partial W_l} = a_{l-1}^\top "
    r"\frac{\partial L}{\partial z_l}$$",
    "So every layer on the way back multiplies by its weights and by $f'$. For the sigmoid "
    r"$f' \le \tfrac14$: the slopes alone leave at most $0.25^n$ after $n$ layers; the weights "
    "multiply in, too, and can make up for it or not.",
    "What is drawn is the length of a layer's gradient, weights and biases together,",
    r"$$g_l = \sqrt{\textstyle\sum (\partial L / \partial W_l)^2 + \sum (\partial L / \partial "
    r"b_l)^2}$$",
    "for cross-entropy on 64 points of four clouds, from a real backward pass of each network. "
    "The film is full-batch gradient descent.",
]

LANDSCAPE_FORMULAS = [
    "A network's parameters are one long vector θ. A picture has two directions $u$, $v$:",
    r"$$\theta(a, b) = \theta_0 + a\,u + b\,v, \qquad \text{height } L(\theta(a, b))$$",
    "*Three points*: $\\theta_0$ is the start, $u$ points to the solution, $v$ is what is left of "
    "the way to the stuck run once its part along $u$ is taken off (Gram–Schmidt). Both have "
    "length 1, so distances on the plane are true.",
    "*Random directions* (Li 2018): $\\theta_0$ is the solution; each unit's incoming weights get "
    "a random direction as long as these weights are, biases none.",
    "A training need not stay on the plane. It is drawn at the nearest point, and",
    r"$$\text{distance}(\theta) = \min_{a, b} \lVert \theta - \theta(a, b) \rVert$$",
    "is what the caption prints. The curve beside it shows the true loss, not the plane's.",
    "Solution and stuck run are ends of training (learning rate 1, 3,000 steps) from the start "
    "itself or from starts near it.",
]

RACE_FORMULAS = [
    "With the gradient $g$ and the learning rate η:",
    r"$$\text{sgd: } \theta \leftarrow \theta - \eta g \qquad \text{momentum: } v \leftarrow 0.9 v "
    r"- \eta g,\ \theta \leftarrow \theta + v$$",
    r"$$\text{nesterov: the same } v,\ \theta \leftarrow \theta + 0.9 v - \eta g$$",
    r"$$\text{rmsprop: } s \leftarrow 0.9 s + 0.1 g^2,\ \theta \leftarrow \theta - \eta\, "
    r"\frac{g}{\sqrt s + \varepsilon}$$",
    r"$$\text{adam: } m \leftarrow 0.9 m + 0.1 g,\ s \leftarrow 0.999 s + 0.001 g^2,\ \theta "
    r"\leftarrow \theta - \eta\, \frac{\hat m}{\sqrt{\hat s} + \varepsilon}$$",
    r"with $\hat m = m / (1 - 0.9^t)$, $\hat s = s / (1 - 0.999^t)$.",
    "The digits' curves are means over ten batches each, measured before each step.",
]

RATES_FORMULAS = [
    "One step of gradient descent, and what it does to the loss if the step is small:",
    r"$$\theta \leftarrow \theta - \eta\, g, \qquad L(\theta - \eta g) = L(\theta) - \eta \lVert g "
    r"\rVert^2 + \tfrac12 \eta^2\, g^\top H g - \dots$$",
    "The first term falls with η, the second rises with η². Too small: hardly any fall. Too large: "
    "the curvature $H$ wins, and the loss goes up.",
]

BATCHES_FORMULAS = [
    "The gradient of a batch is the mean of its points' gradients, that of all the data the mean "
    "of all:",
    r"$$g_B = \frac1{|B|} \sum_{k \in B} \nabla L_k, \qquad g = \frac1n \sum_k \nabla L_k$$",
    r"$$\text{angle} = \arccos \frac{g_B \cdot g}{\lVert g_B \rVert \lVert g \rVert}, \qquad "
    r"\text{length} = \frac{\lVert g_B \rVert}{\lVert g \rVert}$$",
    "On average over all batches $g_B$ is exactly $g$; its scatter falls as "
    r"$1 / \sqrt{|B|}$ while batches are small beside all the data, and is 0 for all of it.",
]
