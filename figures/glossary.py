"""The field's terms in plain words, and captions whose terms lead to them.

A term's `plain` sentence can be followed by a twelve-year-old, `precise` says what it is exactly;
both hold on every page where the term stands. `as_links` marks a caption's first use of each,
the browser opens what it leads to (`ui/browser/page/glossary.js`).
"""

import functools
import re
from typing import NamedTuple


class Term(NamedTuple):
    """A term by its name, what it is, and its other forms; the name's plural need not be named."""

    name: str
    plain: str
    precise: str
    forms: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        """What a link to it has after the #."""
        return f"term-{self.name.lower().replace(' ', '-')}"


TERMS = (
    Term(
        "weight",
        "How much a unit listens to one of its inputs; below 0, what comes in counts against.",
        "The number w by which an input is multiplied before all are added up: z = Σ w·x + b. "
        "Training changes it.",
    ),
    Term(
        "bias",
        "A number that a unit adds to its sum whatever comes in: how easily it says yes.",
        "b in z = Σ w·x + b. It is learned as the weights are.",
        ("biases",),
    ),
    Term(
        "parameter",
        "A number that is learned: a weight or a bias.",
        "All of them together, often written θ, are what training changes.",
    ),
    Term(
        "unit",
        "A small calculator: it weighs what comes in, adds it up, and passes one number on.",
        "It answers a = f(Σ w·x + b), where f is its activation. An artificial neuron is the same. "
        "Hidden ones stand between the inputs and the answer.",
        ("neuron", "hidden unit", "hidden neuron"),
    ),
    Term(
        "layer",
        "Units side by side: all hear the same, and none hears its neighbours.",
        "It computes a = f(W·x + b) of what the layer before it passes on; hidden layers lie "
        "between the inputs and the answer.",
        ("hidden layer",),
    ),
    Term(
        "activation",
        "The bend that a unit puts its sum through; also the number that comes out.",
        "a = f(z): f is the activation function (sigmoid, ReLU, tanh, …), a the activation. "
        "Without a bend many layers could do no more than one.",
        ("activation function",),
    ),
    Term(
        "sigmoid",
        "A curve that squeezes any number between 0 and 1, like a soft switch.",
        "σ(z) = 1 / (1 + e⁻ᶻ). Its slope σ(z)·(1 − σ(z)) is at most ¼.",
    ),
    Term(
        "tanh",
        "A curve that squeezes any number between −1 and 1.",
        "tanh z = (eᶻ − e⁻ᶻ) / (eᶻ + e⁻ᶻ). Its slope 1 − tanh² z is at most 1.",
    ),
    Term(
        "ReLU",
        "A bend that lets through what is above 0, and answers 0 to the rest.",
        "max(0, z), the rectified linear unit. Its slope is 1 above 0, and 0 below.",
    ),
    Term(
        "GELU",
        "A bend like ReLU's, with a rounded corner.",
        "z·Φ(z), where Φ(z) is the share of the standard normal distribution that lies below z.",
    ),
    Term(
        "ELU",
        "A bend like ReLU's that levels off below 0 instead of being cut off.",
        "z above 0, α·(eᶻ − 1) below.",
    ),
    Term(
        "softmax",
        "It turns scores into shares that add up to 100%: the highest gets the most.",
        "pᵢ = e^(zᵢ/T) / Σⱼ e^(zⱼ/T). T is the temperature, 1 unless it is said otherwise.",
    ),
    Term(
        "score",
        "How much speaks for a class, before it is turned into percent.",
        "The number z that softmax gets for a class, also called a logit. Only the differences "
        "between scores matter.",
        ("logit",),
    ),
    Term(
        "temperature",
        "How softly scores are turned into shares: the higher, the more alike the shares.",
        "T in pᵢ = e^(zᵢ/T) / Σⱼ e^(zⱼ/T).",
    ),
    Term(
        "class",
        "One of the kinds of things that are to be told apart.",
        "A network that tells classes apart gives each a probability; of two classes it may give "
        "one probability, that of the second.",
        ("classes",),
    ),
    Term(
        "target",
        "The answer that would be right.",
        "The t that an answer y is compared with.",
    ),
    Term(
        "sample",
        "One example: what goes in, with the answer that would be right.",
        "A pair of inputs x and target t, one row of the data.",
    ),
    Term(
        "error",
        "How far an answer is from the right one.",
        "Depending on the picture the difference, its square, or the slope of the loss that is "
        "passed back through the network; the maths beside the picture has its formula.",
    ),
    Term(
        "loss",
        "One number for how wrong the answers are: the smaller, the better.",
        "A function of answers and targets that training tries to make smaller; here the squared "
        "error or the cross-entropy, mostly the mean over the samples.",
        ("losses",),
    ),
    Term(
        "cross-entropy",
        "A way to measure how wrong an answer is: being sure and wrong costs most.",
        "−ln of the probability that was given to the right class, the mean over the samples.",
    ),
    Term(
        "mean squared error",
        "A way to measure how wrong answers are: how far off each is, times itself, on average.",
        "Σ (y − t)² / n over n numbers.",
        ("mean squared errors",),
    ),
    Term(
        "accuracy",
        "How many of the answers are right, out of all.",
        "The number of right answers divided by the number of answers.",
        ("accuracies",),
    ),
    Term(
        "gradient",
        "Which way, and how steeply, a result grows when the numbers behind it are changed.",
        "The list of a number's derivatives by all the numbers it depends on: mostly of the loss "
        "by the weights. Training goes against it.",
    ),
    Term(
        "vanishing gradient",
        "On its way back through many layers an error gets so small that the first hardly learn.",
        "Each layer multiplies a gradient by its weights and slopes; where that makes it shorter, "
        "it goes to 0 as layers are added.",
    ),
    Term(
        "slope",
        "How much a result changes when a number grows a little: steep is much, flat is hardly.",
        "The derivative f′(x), which is how steep the tangent is at x.",
    ),
    Term(
        "derivative",
        "How much a result changes when a number grows a little.",
        "f′(x) is the limit of (f(x + h) − f(x)) / h as h goes to 0: the slope of the tangent.",
    ),
    Term(
        "chain rule",
        "How far a change at the start is felt at the end: multiply the slopes of all on the way.",
        "The derivative of f(g(x)) is f′(g(x))·g′(x); where ways part and meet again, their "
        "products are added.",
    ),
    Term(
        "backpropagation",
        "Working out backwards, from the error at the end, how much each weight had to do with it.",
        "The chain rule, layer by layer from the loss to the inputs, so that every derivative is "
        "worked out once.",
    ),
    Term(
        "forward pass",
        "Numbers go in, layer after layer computes with them, and an answer comes out.",
        "a = f(W·a + b), from the inputs on, once for each layer.",
        ("forward passes",),
    ),
    Term(
        "learning rate",
        "How large a step training takes each time it corrects the weights.",
        "η in w ← w − η · gradient; momentum, RMSprop and Adam make a step of their own of it.",
    ),
    Term(
        "epoch",
        "Once through everything it learns from.",
        "As many steps as it takes for as many examples as there are. Where batches are drawn with "
        "replacement, some of them come twice in it, and some not at all.",
    ),
    Term(
        "batch",
        "Some examples that are looked at together.",
        "The examples of which one gradient is worked out. In training each step takes the next "
        "batch; it may be all examples, or one.",
        ("batches",),
    ),
    Term(
        "optimizer",
        "The rule by which a gradient becomes a step.",
        "SGD, momentum, RMSprop and Adam are such rules; they differ in what they remember of "
        "earlier gradients.",
    ),
    Term(
        "SGD",
        "The plainest way to learn: a step downhill, the longer the steeper it is.",
        "w ← w − η · gradient. Stochastic gradient descent, if the gradient is that of a batch.",
        ("gradient descent",),
    ),
    Term(
        "momentum",
        "Steps that keep some of their speed, like a ball that rolls.",
        "v ← μ·v − η · gradient, w ← w + v: a share μ of the step before goes into the next.",
    ),
    Term(
        "Nesterov",
        "Momentum that looks where it is about to roll before it steers.",
        "The gradient is taken ahead, where the speed alone would lead.",
    ),
    Term(
        "RMSprop",
        "Each weight gets steps of a size of its own: small where its slopes were steep lately.",
        "The gradient is divided by the root of the mean of its recent squares.",
    ),
    Term(
        "Adam",
        "Steps that keep some of their speed, and a size of its own for each weight.",
        "Means of the recent gradients and of their squares, both corrected for beginning at 0: "
        "w ← w − η · m / (√v + ε).",
    ),
    Term(
        "regularisation",
        "A brake against learning by heart.",
        "What is added to training so that it does better on what it has not seen: a price on "
        "large weights (L1, L2), or dropout.",
        ("regularization",),
    ),
    Term(
        "L1",
        "Every weight costs as much as it is large, so those that help little shrink to nearly 0.",
        "λ · Σ|w| is added to what training makes smaller; biases are free.",
    ),
    Term(
        "L2",
        "Large weights cost something, so they stay small unless they help.",
        "λ · Σ w² is added to what training makes smaller; biases are free.",
    ),
    Term(
        "dropout",
        "While it trains, some units are left out by lot, so that none relies on another.",
        "In each step each unit is 0 with probability p, and those that stay are multiplied by "
        "1 / (1 − p). When it answers, all take part.",
    ),
    Term(
        "overfitting",
        "Learning the examples by heart: better on them, worse on what is new.",
        "The loss on what it learns from goes on falling while that on unseen examples rises.",
    ),
    Term(
        "test digits",
        "Digits that it has not learned from, kept to see how it does on new ones.",
        "The test set: no step of training has used them.",
        ("test digit",),
    ),
    Term(
        "test images",
        "Images that it has not learned from, kept to see how it does on new ones.",
        "The test set: no step of training has used them.",
        ("test image",),
    ),
    Term(
        "saturated",
        "So far out on its curve that it hardly moves any more: it is locked.",
        "The slope of its activation is nearly 0 there, so hardly any gradient gets through.",
    ),
    Term(
        "plateau",
        "A stretch on which the loss hardly falls, though training goes on.",
        "A region where the gradient is nearly 0, without being a good minimum.",
        ("plateaus",),
    ),
    Term(
        "diverged",
        "Training went wrong: the numbers grew until a computer could not hold them.",
        "The loss or a parameter is no finite number any more, mostly after too large steps.",
        ("diverge", "diverges"),
    ),
    Term(
        "seed",
        "The number that decides how chance falls: with the same one all begins alike.",
        "Where the generator of random numbers begins; all that is drawn by lot follows from it.",
    ),
    Term(
        "median",
        "The one in the middle, once all stand in order of size.",
        "Half of the values lie below it, half above; of an even number the mean of the two in "
        "the middle.",
    ),
)


def _forms(term: Term) -> list[str]:
    return [one for name in (term.name, *term.forms) for one in (name, f"{name}s")]


BY_FORM = {form.lower(): term for term in TERMS for form in _forms(term)}
# Links, a walk's factors and results, code, formulas and addresses stay as they are.
_USE = re.compile(
    r"\[[^\]]*\](?:\([^)]*\))?|\{[^}]*\}|`[^`]*`|\$[^$]*\$|\w+://\S+|(?<![\w-])(?P<term>"
    + "|".join(re.escape(form) for form in sorted(BY_FORM, key=len, reverse=True))
    + r")(?![\w-])",
    re.IGNORECASE,
)


@functools.lru_cache(maxsize=1000)
def as_links(text: str, link: str = "[{words}](#{mark})") -> str:
    """A text in which the first use of each term is a `link` to what it means: Markdown's, or one
    of another form with {words} and {mark} in it.
    """
    met = set[str]()

    def linked(use: re.Match[str]) -> str:
        words = use["term"]
        if words is None or (term := BY_FORM[words.lower()]).name in met:
            return use[0]
        met.add(term.name)
        return link.format(words=words, mark=term.mark)

    return _USE.sub(linked, text)
