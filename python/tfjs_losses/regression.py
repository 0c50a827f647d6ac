"""Losses of numbers."""

import math

from keras import ops

from .base import loss
from .domain import NON_NEGATIVE, confined, unless
from .numerics import (
    at_least,
    at_most,
    bounded,
    bounded_log,
    half_step,
    keep,
    ln_cosh,
    log1p_minus_x,
    log_hypotenuse,
    log_of_factorial,
    mul_no_nan,
    norm,
    of_rank,
    replace,
    stirling_rest,
    times_exp,
    unit_vector,
)

# ln of the largest float32.
LOG_LARGEST = 88.72


@loss("(...),(...)->(...)")
def mean_squared_error(labels, predictions):
    """(p − y)²."""
    return ops.square(predictions - labels)


@loss("(...),(...)->(...)")
def mean_absolute_error(labels, predictions):
    """|p − y|."""
    return ops.abs(predictions - labels)


@loss("(...),(...)->(...)")
def half_squared_error(labels, predictions):
    """½·(p − y)²."""
    return 0.5 * ops.square(predictions - labels)


@loss("(...),(...)->(...)", delta=1)
def huber(labels, predictions, o):
    """½e² if e = |p − y| <= δ, else δ·(e − ½δ)."""
    error = ops.abs(predictions - labels)
    quadratic = at_most(error, o.delta)
    return 0.5 * ops.square(quadratic) + o.delta * (error - quadratic)


@loss("(...),(...)->(...)", beta=1)
def smooth_l1(labels, predictions, o):
    """½e²/β if e = |p − y| < β, else e − ½β."""
    error = ops.abs(predictions - labels)
    if o.beta == 0:
        return error
    quadratic = at_most(error, o.beta)
    return 0.5 / o.beta * ops.square(quadratic) + (error - quadratic)


@loss("(...),(...)->(...)", epsilon=1e-7, percent=True)
def mean_absolute_percentage_error(labels, predictions, o):
    """100·|y − p| / max(|y|, ε), or without the 100."""
    factor = 100 if o.percent else 1
    return factor * (ops.abs(labels - predictions) / at_least(ops.abs(labels), o.epsilon))


@loss("(...),(...)->(...)", epsilon=1e-7, percent=True)
def symmetric_mean_absolute_percentage_error(labels, predictions, o):
    """200·|y − p| / max(|y| + |p|, ε), or 2 in the place of 200."""
    factor = 200 if o.percent else 2
    # Halves, since their sum may be infinite where the quotient is not.
    half_sizes = at_least(ops.abs(labels) / 2 + ops.abs(predictions) / 2, o.epsilon / 2)
    return factor * (ops.abs(labels / 2 - predictions / 2) / half_sizes)


@loss("(...),(...)->(...)", epsilon=1e-7)
def mean_squared_logarithmic_error(labels, predictions, o):
    """(ln(1 + p) − ln(1 + y))², both bounded from below by ε."""

    def log_of(x):
        return bounded_log(1 + x, 1 + o.epsilon)

    return ops.square(log_of(predictions) - log_of(labels))


@loss("(...),(...)->(...)")
def log_cosh(labels, predictions):
    """ln cosh(p − y)."""
    return ln_cosh(predictions - labels)


def for_each_quantile(labels, predictions, o):
    """Labels, which may lack the last axis or have size 1 there, repeated for each quantile."""
    if isinstance(o.quantile, (int, float)):
        return labels, predictions
    if len(labels.shape) == len(predictions.shape) - 1:
        labels = ops.expand_dims(labels, -1)
    if labels.shape[-1:] == (1,):
        labels = ops.repeat(labels, predictions.shape[-1], axis=-1)
    return labels, predictions


@loss("(...),(...)->(...)", _before=for_each_quantile, quantile=0.5)
def quantile(labels, predictions, o):
    """q·d if d = y − p > 0, else (q − 1)·d; of several q, one for each entry of the last axis."""
    missing = labels - predictions
    return o.quantile * ops.relu(missing) + (1 - o.quantile) * ops.relu(-missing)


@loss("(...),(...)->(...)", expectile=0.5)
def expectile(labels, predictions, o):
    """τ·d² if d = y − p >= 0, else (1 − τ)·d²."""
    missing = labels - predictions
    above, below = ops.relu(missing), ops.relu(-missing)
    return o.expectile * ops.square(above) + (1 - o.expectile) * ops.square(below)


RATE = unless("log_input", NON_NEGATIVE)


@loss("(...),(...)->(...)", _range=RATE, log_input=False, full=False, epsilon=1e-7)
def poisson(labels, predictions, o):
    """p − y·ln(p + ε), or eˣ − y·x of a prediction x = ln p; with `full`, plus about ln y!."""
    if o.log_input:
        # e⁸⁹ is infinite already; from there on, y·x must not be it too.
        x = bounded(predictions, high=89.0)
        values = ops.exp(x) - mul_no_nan(labels, x)
    else:
        values = predictions - mul_no_nan(labels, bounded_log(predictions + o.epsilon, o.epsilon))
    return values + stirling(labels) if o.full else values


def stirling(y):
    """About ln y! where y > 1, and 0 elsewhere."""
    n = keep(y > 1, y, 1)
    return keep(y > 1, n * ops.log(n) - n + ops.log(2 * math.pi * n) / 2, 0)


@loss(
    "(...),(...),[...]->(...)",
    _range=unless("log_variance", NON_NEGATIVE),
    full=False,
    log_variance=False,
    epsilon=1e-6,
)
def gaussian_nll(labels, mean, variance, o):
    """½·(ln v + (y − m)²/v), plus ½·ln 2π with `full`; ε bounds the variance v from below, but not
    a variance that is given as ln v.
    """
    error = labels - mean
    if o.log_variance:
        shape = ops.shape(error)
        logarithm = ops.broadcast_to(variance, shape)
        deviations = times_exp(error, -logarithm / 2)
    else:
        v = bounded(variance, o.epsilon)
        logarithm = ops.log(v)
        # Not the square of the error by v: in the gradient, both might overflow.
        deviations = error / ops.sqrt(v)
    return 0.5 * (logarithm + ops.square(deviations)) + (
        0.5 * math.log(2 * math.pi) if o.full else 0
    )


@loss("(...),(...),[...]->(...)", _range=NON_NEGATIVE, full=False, epsilon=1e-6)
def laplace_nll(labels, location, scale, o):
    """ln b + |y − m|/b, plus ln 2 with `full`; ε bounds the scale b from below."""
    b = bounded(scale, o.epsilon)
    return ops.log(b) + ops.abs(labels - location) / b + (math.log(2) if o.full else 0)


@loss("(...),(...),[...],[...]->(...)", _range=NON_NEGATIVE, full=False, epsilon=1e-6)
def student_t_nll(labels, location, scale, degrees_of_freedom, o):
    """ln Γ(ν/2) − ln Γ((ν + 1)/2) + ½·ln ν + ln s + ½·(ν + 1)·ln(1 + (y − m)²/(ν·s²)), plus ½·ln π
    with `full`; ε bounds the scale s and the degrees of freedom ν from below.
    """
    s, nu = bounded(scale, o.epsilon), bounded(degrees_of_freedom, o.epsilon)
    # All of the constant that grows with ν cancels.
    constant = half_step(nu / 2) + math.log(2 * math.pi if o.full else 2) / 2
    deviation = (labels - location) / ops.sqrt(nu) / s
    return ops.log(s) + (nu + 1) * log_hypotenuse(deviation) + constant


@loss("(...),(...),[...]->(...)", _range=NON_NEGATIVE, epsilon=1e-6)
def crps_gaussian(labels, mean, standard_deviation, o):
    """s·(z·erf(z/√2) + 2·φ(z) − 1/√π) with z = (y − m)/s; ε bounds the standard deviation s from
    below.
    """
    s = bounded(standard_deviation, o.epsilon)
    error = labels - mean
    # z/√2, no larger than its square may be.
    t = bounded(error / s / math.sqrt(2), -1e18, 1e18)
    density = math.sqrt(2 / math.pi) * ops.exp(-ops.square(t))
    return error * ops.erf(t) + s * (density - 1 / math.sqrt(math.pi))


@loss("(...),(...,M)->(...)", fair=False)
def crps_ensemble(labels, members, o):
    """1/M·Σᵢ |xᵢ − y| − 1/(2·M²)·Σᵢⱼ |xᵢ − xⱼ|, or with M·(M − 1) if `fair`, as a sum of distances
    times the share of the pairs of one side in which they are the smaller.
    """
    count = members.shape[-1]
    differences = members - ops.expand_dims(labels, -1)
    sizes, sides = ops.abs(differences), ops.sign(differences)

    def counted(pairs):
        is_one_side = ops.expand_dims(sides, -1) == ops.expand_dims(sides, -2)
        return ops.sum(ops.cast(ops.logical_and(is_one_side, pairs), sizes.dtype), axis=-1)

    own, other = ops.expand_dims(sizes, -1), ops.expand_dims(sizes, -2)
    pairs = 2 * counted(own < other) + counted(own == other)
    if o.fair and count > 1:
        shares = (pairs - 1) / (count * (count - 1))
    else:
        shares = pairs / count**2
    return ops.sum(ops.stop_gradient(shares) * sizes, axis=-1)


@loss("(...,M),(...,Q)->(...)", delta=1)
def quantile_huber(labels, predictions, o):
    """Σ_q mean_m |τ_q − [d < 0]|·h(d) of d = y_m − p_q, τ_q = (q − ½)/Q and Huber's h, |d| if δ = 0;
    labels are held constant.
    """
    count = predictions.shape[-1]
    midpoints = (ops.arange(count, dtype=predictions.dtype) + 0.5) / count
    missing = ops.expand_dims(ops.stop_gradient(labels), -1) - ops.expand_dims(predictions, -2)
    shares = ops.where(missing < 0, 1 - midpoints, midpoints)
    size = ops.abs(missing)
    quadratic = at_most(size, o.delta)
    errors = quadratic * (size - quadratic / 2) if o.delta > 0 else size
    return ops.sum(ops.mean(shares * errors, axis=-2), axis=-1)


@loss("(...),(...),[...]->(...)", _range=NON_NEGATIVE, full=False, epsilon=1e-6)
def negative_binomial_nll(labels, mean, dispersion, o):
    """−ln(Γ(y + r)/Γ(r)) + (y + r)·ln(1 + μ/r) − y·ln(μ/r) with r = 1/α, plus ln y! with `full`.

    ε bounds the mean μ and the dispersion α from below.
    """
    inside, pull = confined(mean, *NON_NEGATIVE, None)
    m, r = bounded(inside, o.epsilon), 1 / bounded(dispersion, o.epsilon)
    # What Stirling's formula has of both ln Γ cancels with other terms; what it leaves out is small.
    of_count = ops.log1p(labels / r) / 2 + stirling_rest(r) - stirling_rest(r + labels)
    if not o.full:
        return of_count + part_of_few(labels, m, r) + pull
    is_many = labels > 1
    many, few = keep(is_many, labels, 2), replace(labels, is_many, 1)
    of_many = part_of_many(many, m, r) + ops.log(2 * math.pi * many) / 2 + stirling_rest(many)
    of_few = part_of_few(few, m, r) + log_of_factorial(few)
    return of_count + ops.where(is_many, of_many, of_few) + pull


def log_gap(y, mean, r):
    """G = ln((r + y) / (r + μ))."""
    size = ops.log1p(ops.abs(y - mean) / (r + ops.minimum(y, mean)))
    return ops.where(y < mean, -size, size)


def growth(u, gap):
    """u − G = u − ln(1 + u) of u = (y − μ)/(r + μ)."""
    is_near = ops.abs(u) < 0.5
    return ops.where(is_near, -log1p_minus_x(keep(is_near, u, 0)), u - gap)


def part_of_few(y, mean, r):
    """y·(1 − ln μ − G) − r·G, with r·G = r·u less what it lacks to that."""
    gap = log_gap(y, mean, r)
    shrunk = mean * ((r + y) / (r + mean)) - y * (ops.log(mean) + gap)
    return shrunk + r * growth((y - mean) / (r + mean), gap)


def part_of_many(y, mean, r):
    """y·V − r·G with V = ln(y/μ) − G = ln(1 + v), half a deviance; near y = μ by u and v."""
    gap, u = log_gap(y, mean, r), (y - mean) / (r + mean)
    v = (y - mean) / mean * (r / (r + y))
    are_near = ops.logical_and(ops.abs(u) < 0.5, ops.abs(v) < 0.5)
    odds = keep(are_near, v, 0)
    near = odds * (y - mean) * (r / (r + mean)) + y * log1p_minus_x(odds) + r * growth(u, gap)
    return ops.where(are_near, near, y * (ops.log(y) - ops.log(mean) - gap) - r * gap)


@loss("(...,D),(...,K),(...,K,D),(...,K,D)->(...)", _range=NON_NEGATIVE, epsilon=1e-6)
def gaussian_mixture_nll(labels, logits, means, scales, o):
    """−ln Σₖ softmax(x)ₖ·Π_d N(y_d; m_kd, s_kd); ε bounds the standard deviations s from below."""
    s = bounded(scales, o.epsilon)
    deviations = (ops.expand_dims(labels, -2) - means) / s
    of_entries = ops.square(deviations) / 2 + ops.log(s) + math.log(2 * math.pi) / 2
    return -ops.logsumexp(ops.log_softmax(logits, axis=-1) - ops.sum(of_entries, axis=-1), axis=-1)


@loss("(...),(...)->(...)", _range=RATE, log_input=False, epsilon=1e-7)
def gamma_deviance(labels, predictions, o):
    """2·(ln(μ/y) + y/μ − 1)."""
    return deviance(labels, predictions, 2, o)


@loss(
    "(...),(...)->(...)",
    _range=lambda o: None if o.power == 0 else RATE(o),
    power=1.5,
    log_input=False,
    epsilon=1e-7,
)
def tweedie_deviance(labels, predictions, o):
    """2·(y²⁻ᵖ/((1 − p)·(2 − p)) − y·μ¹⁻ᵖ/(1 − p) + μ²⁻ᵖ/(2 − p)), or its limit at p = 1 and 2."""
    return deviance(labels, predictions, o.power, o)


def deviance(labels, predictions, p, o):
    """2·(y·(f₁₋ₚ(y) − f₁₋ₚ(μ)) − (f₂₋ₚ(y) − f₂₋ₚ(μ))) with fₖ(x) = xᵏ/k, and f₀ = ln.

    Written as differences, it is exactly 0 at y = μ.
    """
    if p == 0:
        return ops.square(labels - (ops.exp(predictions) if o.log_input else predictions))
    # Bounds for ln μ. Beyond, a power would be infinite, and soon both. For p < 1 labels have large
    # powers too.
    low = 89 / (1 - p) if p > 1 else -math.inf
    high = (87 if p < 1 else 89) / (2 - p) if p < 2 else math.inf
    largest = exp(high)
    if not o.log_input:
        low, high = max(o.epsilon, exp(low)), largest
    mean = bounded(predictions, low, high)
    y = bounded(labels, high=largest) if p < 1 else labels
    raised = y if p < 2 else bounded(labels, o.epsilon)
    is_positive = raised > 0
    positive_y = keep(is_positive, raised, 1)

    def of_mean(k):
        return (primitive_of_exp if o.log_input else primitive)(mean, k)

    def of_label(k):
        # At 0 a derivative that is infinite is left out.
        return y if k == 1 else keep(is_positive, primitive(positive_y, k), -offset(k))

    first = of_label(1 - p)
    half = mul_no_nan(y, first - of_mean(1 - p)) - (of_label(2 - p) - of_mean(2 - p))
    # Only powers of y have a bound, y itself has none.
    return 2 * (half if p < 2 else half + (raised - y) * first)


def exp(x):
    """eˣ of a number, infinite where it is too large for float32."""
    return math.exp(x) if x < LOG_LARGEST else math.inf


def offset(k):
    """Near k = 0, 1/k is left out of the powers, whose differences so keep their digits."""
    return 1 / k if k != 0 and abs(k) < 0.1 else 0.0


def primitive(x, k):
    """xᵏ/k, or ln x, up to a constant."""
    return ops.power(x, k) / k if k != 0 and offset(k) == 0 else primitive_of_exp(ops.log(x), k)


def primitive_of_exp(x, k):
    """The same of eˣ."""
    if k == 0:
        return x
    # Where the power is infinite, its derivative is left out: it may be multiplied by 0.
    power = k * x
    finite = ops.minimum(power, LOG_LARGEST)
    raised = ops.exp(finite) if offset(k) == 0 else ops.expm1(finite)
    return replace(raised, power > LOG_LARGEST, math.inf) / k


@loss("(...),(...)->(...)", alpha=1, scale=1)
def robust(labels, predictions, o):
    """|α − 2|/α·(((e/c)²/|α − 2| + 1)^(α/2) − 1) of e = p − y, or its limit at α = 2, 0 and −∞."""
    squared = ops.square((predictions - labels) / o.scale)
    if o.alpha == 2:
        return 0.5 * squared
    if o.alpha == 0:
        return ops.log1p(0.5 * squared)
    if o.alpha == -math.inf:
        return -ops.expm1(-0.5 * squared)
    distance = abs(o.alpha - 2)
    return distance / o.alpha * ops.expm1(o.alpha / 2 * ops.log1p(squared / distance))


@loss("(...),(...)->(...)", width=5, curvature=0.5)
def wing(labels, predictions, o):
    """w·ln(1 + e/c) if e = |p − y| < w, else e − (w − w·ln(1 + w/c))."""
    error = ops.abs(predictions - labels)
    inner = at_most(error, o.width)
    return o.width * ops.log1p(inner / o.curvature) + (error - inner)


def cosine(a, b, epsilon):
    """The cosine of the angle between two vectors along the last axis."""
    return ops.sum(unit_vector(a, epsilon) * unit_vector(b, epsilon), axis=-1)


@loss("(...,D),(...,D)->(...)", axis=-1, epsilon=1e-7)
def cosine_similarity(labels, predictions, o):
    """−y·p / (‖y‖·‖p‖)."""
    return -cosine(labels, predictions, o.epsilon)


@loss("(...,D),(...,D)->(...)", axis=-1, epsilon=1e-7)
def cosine_distance(labels, predictions, o):
    """1 − y·p / (‖y‖·‖p‖)."""
    return 1 - cosine(labels, predictions, o.epsilon)


@loss("(B,...),(B,...)->(B,...)->(B)")
def mean_pairwise_squared_error(labels, predictions, valid):
    """Mean of (eᵢ − eⱼ)² over the pairs of entries of an example, e = p − y."""
    errors = predictions - labels
    entries = tuple(range(1, len(errors.shape)))
    counts = ops.ones_like(errors)
    if valid is not None:
        counts = counts * ops.cast(of_rank(valid, len(errors.shape)), errors.dtype)
    n = ops.sum(counts, axis=entries, keepdims=True)
    center = ops.sum(errors * counts, axis=entries, keepdims=True) / at_least(n, 1.0)
    squares = ops.sum(counts * ops.square(errors - center), axis=entries)
    return 2 * squares / at_least(ops.sum(counts, axis=entries) - 1, 1.0)


@loss("(B,...),(B,...)->(B,...)->(B)")
def root_mean_squared_error(labels, predictions, valid):
    """√(mean of e² over the entries of an example), e = p − y, with derivative 0 at 0."""
    errors = predictions - labels
    counts = ops.ones_like(errors)
    if valid is not None:
        counts = counts * ops.cast(of_rank(valid, len(errors.shape)), errors.dtype)
    errors, counts = (ops.reshape(x, (ops.shape(x)[0], -1)) for x in (errors * counts, counts))
    return norm(errors, 2) / ops.sqrt(at_least(ops.sum(counts, axis=-1), 1.0))
