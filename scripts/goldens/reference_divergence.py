"""Definitions of further divergences; see reference.py."""

import mpmath

from autodiff import absolute, exp, log, log_bounded, x_log_x
from reference import bounded_term, log_softmax, rows, unit

FORMATS = {"predictionFormat": "probabilities", "labelFormat": "probabilities"}


def logarithms(row, form, o):
    if form == "probabilities":
        return [log_bounded(v, o["epsilon"]) for v in row]
    if form == "logits":
        return log_softmax([v / mpmath.mpf(o.get("temperature", 1)) for v in row])[0]
    return row


def probabilities(row, form, o):
    return row if form == "probabilities" else [exp(v) for v in logarithms(row, form, o)]


def kullback_leibler(y, y_format, x, x_format, o):
    """Of x from y; as klDivergence, it bounds labels only if both sides are probabilities."""
    logs = logarithms(x, x_format, o)
    if y_format == "probabilities":
        epsilon = o["epsilon"] if x_format == "probabilities" else None
        return sum(bounded_term(a, b, v, epsilon) for a, b, v in zip(y, logs, x))
    return sum(exp(a) * (a - b) for a, b in zip(logarithms(y, y_format, o), logs))


@rows("generalizedKlDivergence", **FORMATS, epsilon=1e-7)
def _(y, x, o):
    forms = o["labelFormat"], o["predictionFormat"]
    divergence = kullback_leibler(y, forms[0], x, forms[1], o)
    surplus = sum(probabilities(x, forms[1], o)) - sum(probabilities(y, forms[0], o))
    return (divergence + surplus) / unit(o)


@rows("jensenShannon", **FORMATS, beta=0.5, epsilon=1e-7, temperature=1)
def _(y, x, o):
    beta, forms = mpmath.mpf(o["beta"]), (o["labelFormat"], o["predictionFormat"])
    if beta == 0:
        return kullback_leibler(y, forms[0], x, forms[1], o) / unit(o)
    if beta == 1:
        return kullback_leibler(x, forms[1], y, forms[0], o) / unit(o)
    p, q = probabilities(y, forms[0], o), probabilities(x, forms[1], o)
    pairs = [(a, b, beta * a + (1 - beta) * b) for a, b in zip(p, q) if a.value or b.value]
    return sum(
        beta * (x_log_x(a) - a * log(m)) + (1 - beta) * (x_log_x(b) - b * log(m))
        for a, b, m in pairs
    ) / unit(o)


@rows("totalVariation", **FORMATS, temperature=1)
def _(y, x, o):
    p = probabilities(y, o["labelFormat"], o)
    q = probabilities(x, o["predictionFormat"], o)
    return sum(absolute(a - b) for a, b in zip(p, q)) / 2
