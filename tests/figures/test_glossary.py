"""The glossary: whatever term of the field a caption uses is in it, and captions lead to it."""

import ast
import re

import pytest

from figures.glossary import BY_FORM, TERMS, as_links
from tests.test_rooms import ROOT

# What textbooks have in their index and Google's machine learning glossary among its headwords.
VOCABULARY = """
    accuracy, activation, activation function, Adadelta, AdaGrad, Adam, ablation, attention,
    autoencoder, average precision, backpropagation, bagging, baseline, batch, batch normalization,
    Bayes, bias, boosting, bucketing, calibration, chain rule, class, classifier, clipping,
    clustering, confusion matrix, convergence, convolution, cost function, cross-entropy,
    cross-validation, data augmentation, decision boundary, derivative, diverged, dropout,
    early stopping, ELU, embedding, ensemble, epoch, error, example, exploding gradient, feature,
    fine-tuning, forward pass, GELU, generalization, gradient, gradient descent, Hessian,
    hidden layer, hidden unit, hinge loss, hyperparameter, imbalanced, inference, initialization,
    instance, Jacobian, kernel, L1, L2, label, landscape, layer, leaky ReLU, learning rate,
    linear regression, local minimum, logistic regression, logit, log loss, loss, manifold,
    mean squared error, median, mini-batch, model, momentum, MSE, neuron, Nesterov, noise, norm,
    normalization, one-hot, optimizer, outlier, overfitting, parameter, PCA, perceptron, plateau,
    pooling, precision, prediction, principal component, probability, quantile, recall, receptive
    field, regularisation, regularization, ReLU, residual, RMSprop, ROC, saddle point, sample,
    saturated, score, seed, SGD, sigmoid, SiLU, slope, softmax, softplus, sparsity, step, swish,
    tanh, target, temperature, tensor, test digits, test images, training, underfitting, unit,
    validation, vanishing gradient, variance, vector, weight, weight decay
"""
EXCUSED = {
    "data augmentation": "the page calls it crooked copies, and says what these are",
    "example": "an everyday word, meant as such",
    "feature": "an everyday word, meant as such",
    "instance": "in “for instance”",
    "label": "an everyday word: what a reader's file says that each image is",
    "landscape": "the view's own picture, which its caption describes",
    "local minimum": "said of a point that the same sentence describes",
    "model": "an everyday word, meant as such",
    "noise": "in the name of a view, which shows it",
    "prediction": "what the reader is asked for before the result",
    "probability": "an everyday word, meant as such",
    "step": "of training, or of a walk through a calculation: each picture counts its own",
    "training": "an everyday word, meant as such",
}
# Files whose sentences are captions, or parts of them.
CAPTIONS = [
    file
    for room in ("views", "figures")
    for file in sorted((ROOT / room).rglob("*.py"))
    if file.name not in ("glossary.py", "maths.py")
]
APART = {"MATHS", "CODE", "VIEW", "PRESETS", "TEMPLATE"}  # what says no caption


def sentences_in(file):
    """What a file writes out in words, but for docstrings, formulas, and what says no caption."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in tree.body:
        named = [one.id for one in getattr(node, "targets", []) if isinstance(one, ast.Name)]
        says_none = APART & set(named) or getattr(node, "name", "") in ("maths", "Settings")
        if says_none or isinstance(node, ast.Expr):
            continue
        documented = {
            id(one.body[0].value)
            for one in ast.walk(node)
            if isinstance(one, ast.FunctionDef | ast.ClassDef) and isinstance(one.body[0], ast.Expr)
        }
        for one in ast.walk(node):
            says = isinstance(one, ast.Constant) and isinstance(one.value, str)
            if says and " " in one.value and "$" not in one.value and id(one) not in documented:
                yield one.value


def words_of(vocabulary):
    return [" ".join(word.split()) for word in vocabulary.split(",")]


def test_every_term_that_a_caption_uses_is_in_the_glossary_or_is_excused():
    text = "\n".join(words for file in CAPTIONS for words in sentences_in(file))
    used = {
        word
        for word in words_of(VOCABULARY)
        if re.search(rf"(?<![\w-]){re.escape(word)}(e?s)?(?![\w-])", text, re.IGNORECASE)
    }
    assert {"loss", "epoch", "hidden unit"} <= used
    unexplained = {word for word in used if word.lower() not in BY_FORM} - EXCUSED.keys()
    assert unexplained == set()


def test_what_is_asked_of_the_glossary_is_there():
    asked = [
        *("weight", "bias", "loss", "gradient", "epoch", "batch", "learning rate", "activation"),
        *("hidden unit", "logit", "softmax", "regularisation", "overfitting"),
    ]
    assert [one for one in asked if one not in BY_FORM] == []


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.name)
def test_an_explanation_is_plain_first_and_short(term):
    symbols = re.compile(r"[=²√Σ∂ηλθ_^$]")
    assert term.plain.endswith(".")
    assert len(term.plain.split()) <= 20
    assert not symbols.search(term.plain)
    assert term.precise.endswith((".", "loss."))
    others = [form for form in BY_FORM if BY_FORM[form] is term]
    assert not any(re.search(rf"\b{re.escape(form)}\b", term.plain, re.I) for form in others)


def test_no_form_belongs_to_two_terms_and_every_mark_to_one():
    forms = [form.lower() for term in TERMS for form in (term.name, *term.forms)]
    assert len(set(forms)) == len(forms)
    assert len({term.mark for term in TERMS}) == len(TERMS)


def test_the_first_use_of_a_term_is_a_link_and_all_else_stays():
    text = "The *loss* (how wrong) is **0.25**; Loss, losses and gloss. Learning rates: `loss`."
    assert as_links(text) == (
        "The *[loss](#term-loss)* (how wrong) is **0.25**; Loss, losses and gloss. "
        "[Learning rates](#term-learning-rate): `loss`."
    )


@pytest.mark.parametrize(
    "text",
    [
        "no-loss, glossary, weightless",
        "$loss = w$ and `weight`",
        "[the loss](http://example.org/loss) at https://example.org/weight",
        "[weight|w1] gives {loss}",
    ],
)
def test_other_words_links_formulas_and_factors_stay_as_they_are(text):
    assert as_links(text) == text


def test_the_longest_term_is_meant():
    assert as_links("a hidden unit") == "a [hidden unit](#term-unit)"
    assert as_links("gradient descent") == "[gradient descent](#term-sgd)"


def test_a_walk_has_links_of_its_own():
    assert as_links("add the bias", "[{words}|#{mark}]") == "add the [bias|#term-bias]"
