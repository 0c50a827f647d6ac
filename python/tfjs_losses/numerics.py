"""Functions that formulas share, with values and gradients that stay finite where they can."""

import math

import keras
from keras import ops


def keep(condition, x, otherwise):
    """x where the condition is true, and a number elsewhere."""
    return ops.where(condition, x, ops.cast(otherwise, x.dtype))


def replace(x, condition, number):
    """x with a number where the condition is true."""
    return ops.where(condition, ops.cast(number, x.dtype), x)


def nan_unless(condition, x):
    """x where the condition is true, and NaN elsewhere."""
    return keep(condition, x, math.nan)


def at_least(x, low):
    """x where x >= low, else low, with derivative 0 there. NaN stays NaN."""
    return replace(x, x < low, low)


def at_most(x, high):
    """x where x <= high, else high, with derivative 0 there. NaN stays NaN."""
    return replace(x, x > high, high)


def zero_with_slope(x):
    """0, with derivative 1."""
    return keep(ops.isfinite(x), x - ops.stop_gradient(x), 0)


def bounded(x, low=-math.inf, high=math.inf):
    """x between two bounds, else the nearer one; the derivative is 1 everywhere."""
    return ops.stop_gradient(at_most(at_least(x, low), high)) + zero_with_slope(x)


def bounded_log(p, epsilon):
    """ln max(p, ε), with derivative 1 / max(p, ε), which does not vanish where p is worst."""
    return ops.log(bounded(p, epsilon))


def bounded_power(x, n, epsilon):
    """xⁿ of x >= 0 and n >= 0; in a derivative that would be infinite at 0, x is bounded at ε."""
    if n == 0:
        return ops.ones_like(x)
    if n == 1:
        return bounded(x, 0.0)
    if n > 1:
        return ops.power(bounded(x, 0.0), n)
    low = ops.stop_gradient(ops.power(at_least(x, 0.0), n))
    tangent = low + n * epsilon ** (n - 1) * zero_with_slope(x)
    return ops.where(x < epsilon, tangent, ops.power(at_least(x, epsilon), n))


def bounded_power_log(p, n, epsilon):
    """(pⁿ − 1) / n, which for small n is ln p, with derivative max(p, ε)ⁿ⁻¹, 0 < n <= 1."""
    low = ops.stop_gradient(ops.expm1(n * ops.log(p)) / n)
    tangent = low + epsilon ** (n - 1) * zero_with_slope(p)
    return ops.where(p < epsilon, tangent, ops.expm1(n * ops.log(at_least(p, epsilon))) / n)


def power(x, n):
    """xⁿ of x >= 0, and 0 below; at 0 a derivative that is infinite is left out."""
    if n == 1:
        return x
    is_zero = x <= 0
    return replace(ops.power(replace(x, is_zero, 1), n), is_zero, float(n == 0))


def mul_no_nan(a, b):
    """a·b, where an a of 0 annuls an infinite b: 0·ln 0 = 0."""
    spoilt = ops.logical_and(a == 0, ops.logical_not(ops.isfinite(b)))
    return a * replace(b, spoilt, 0)


def x_log_x(x):
    """x·ln x, with 0·ln 0 = 0; the derivative at 0, which is infinite, is left out."""
    is_zero = x == 0
    return replace(x * ops.log(replace(x, is_zero, 1)), is_zero, 0)


def quotient(a, b):
    """a / b, and 0, with derivative 0, where b is 0."""
    is_zero = b == 0
    return replace(a / replace(b, is_zero, 1), is_zero, 0)


def times_exp(x, s):
    """x·eˢ, also where eˢ is 0 or infinite and the product is not."""
    # Bounded where it is still finite, so that 0·eˢ is 0.
    root = ops.exp(at_most(s / 2, 88.0))
    return x * root * root


def safe_sqrt(x):
    """√x, with derivative 0 at 0."""
    return power(x, 0.5)


def ln_cosh(x):
    """ln cosh x; near 0 by its series, since the closed form loses all digits there."""
    size = ops.abs(x)
    is_small = size < 0.3
    s = ops.square(keep(is_small, x, 0))
    series = s * (1 / 2 + s * (-1 / 12 + s * (1 / 45 + s * (-17 / 2520))))
    return ops.where(is_small, series, size + ops.softplus(-2 * size) - math.log(2))


def polynomial(x, coefficients):
    """c₀ + c₁·x + c₂·x² + …."""
    total = 0
    for c in reversed(coefficients):
        total = c + x * total
    return total


def log1p_minus_x(x):
    """ln(1 + x) − x for |x| <= ½, to all digits near 0."""
    s = x / (2 + x)
    squared = ops.square(s)
    return s * (squared * polynomial(squared, [2 / n for n in range(3, 19, 2)]) - x)


# x·r(x) of `stirling_rest` in powers of 1/x for x >= 1.
STIRLING = (
    8.33333334e-2, -1.16517039e-8, -2.777441852e-3, -3.357323789e-6, 8.058417653e-4, 1.30241988e-5,
    -8.462467172e-4, 8.558986063e-4, -3.930442165e-4, 7.347066363e-5,
)  # fmt: skip


def stirling_rest(x):
    """r(x) = ln Γ(x) − ((x − ½)·ln x − x + ½·ln 2π) of x > 0: about 1/12x."""
    is_small = x < 1
    inverse = 1 / ops.where(is_small, 1 + x, x)
    whole = inverse * polynomial(inverse, STIRLING)
    small = keep(is_small, x, 1)
    return ops.where(is_small, whole + (small + 0.5) * ops.log1p(1 / small) - 1, whole)


# x·q(x) of `half_step` in powers of 1/x for x >= 1.
HALF_STEP = (
    0.1250000001, -1.969072469e-8, -5.207745168e-3, -5.955964357e-6, 1.583404053e-3, 3.502001356e-5,
    -1.701325158e-3, 1.72334671e-3, -7.930012939e-4, 1.485141868e-4,
)  # fmt: skip


def half_step(x):
    """q(x) = ln Γ(x) − ln Γ(x + ½) + ½·ln x of x > 0: about 1/8x."""
    is_small = x < 1
    inverse = 1 / ops.where(is_small, 1 + x, x)
    whole = inverse * polynomial(inverse, HALF_STEP)
    small = keep(is_small, x, 1)
    return ops.where(is_small, whole + ops.log1p(0.25 / small / (small + 1)) / 2, whole)


def log_hypotenuse(x):
    """ln √(1 + x²), to all digits near 0 and without overflow."""
    size = ops.abs(x)
    is_short = size < 8192
    short = ops.log1p(ops.square(keep(is_short, x, 0))) / 2
    return ops.where(is_short, short, ops.log(replace(size, is_short, 1)))


def log_of_factorial(y):
    """ln y! of y >= 0 that are small."""
    of_one = 1 - math.log(2 * math.pi) / 2
    return (y + 0.5) * ops.log1p(y) - y + (stirling_rest(1 + y) - of_one)


def minimum(a, b):
    """The smaller of two numbers; equal ones share the derivative, as on every backend but
    TensorFlow.
    """
    return ops.where(a == b, a / 2 + b / 2, ops.minimum(a, b))


def maximum(a, b):
    """The larger of two numbers; equal ones share the derivative, as on every backend but
    TensorFlow.
    """
    return ops.where(a == b, a / 2 + b / 2, ops.maximum(a, b))


def largest_where(x, allowed):
    """Largest x over the last axis among those allowed; 0 where none is."""
    largest = ops.max(keep(allowed, x, -math.inf), axis=-1)
    return keep(ops.any(allowed, axis=-1), largest, 0)


def norm(x, p):
    """‖x‖_p over the last axis, without overflow; its derivative at 0 is 0."""
    size = ops.abs(x)
    largest = ops.max(size, axis=-1)
    if p == math.inf:
        return largest
    # It cancels, and so needs no derivative itself.
    scale = ops.stop_gradient(keep(largest != 0, largest, 1))
    return scale * power(ops.sum(power(size / scale[..., None], p), axis=-1), 1 / p)


def unit_vector(x, epsilon):
    """x / max(‖x‖, ε) over the last axis, without overflow and with a finite derivative at 0."""
    scale = ops.stop_gradient(at_least(ops.max(ops.abs(x), axis=-1, keepdims=True), 1.0))
    scaled = x / scale
    # A square that underflows would bound nothing.
    smallest = 1e-7 if keras.backend.standardize_dtype(x.dtype) == "float16" else 1e-37
    least = at_least(ops.square(epsilon / scale), smallest)
    squares = ops.sum(ops.square(scaled), axis=-1, keepdims=True)
    return scaled / ops.sqrt(ops.where(squares < least, least, squares))


def normalized(x):
    """x divided by its sum s over the last axis; a row of zeros stays one.

    The derivative, (dy − Σ dy·p)/s, subtracts before it divides: both parts of the quotient rule
    are beyond float32 where s is small and dy large.
    """
    given = ops.stop_gradient(x)
    # Divided by first, so that no sum overflows.
    largest = ops.max(given, axis=-1, keepdims=True)
    largest = replace(largest, largest == 0, 1)
    scaled = given / largest
    total = at_least(ops.sum(scaled, axis=-1, keepdims=True), 1.0)
    p = scaled / total
    slopes = zero_with_slope(x) / (largest * total)
    return p + (slopes - p * ops.sum(slopes, axis=-1, keepdims=True))


def smoothed(labels, share, classes):
    """Labels of which a share is spread evenly over the classes: (1 − s)·y + s/C."""
    return labels if share == 0 else (1 - share) * labels + share / classes


def is_class(labels, classes):
    """True at each row's class: `[..., C]` of labels `[...]`."""
    return ops.expand_dims(labels, -1) == ops.arange(classes, dtype="int32")


def pick(x, at_class):
    """The entry of each row, or of one row for all, at its class."""
    return ops.sum(keep(at_class, x, 0), axis=-1)


def of_rank(positions, rank):
    """Positions with axes of size 1 appended, or true where any along trailing axes is."""
    for _ in range(len(positions.shape), rank):
        positions = ops.expand_dims(positions, -1)
    beyond = tuple(range(rank, len(positions.shape)))
    return ops.any(positions, axis=beyond) if beyond else positions


def signed_labels(labels, spelling):
    """Labels as −1 and 1; "auto" takes them for 0 and 1 if each of them is 0 or 1."""
    if spelling == "signed":
        return labels
    is_binary = ops.all(ops.logical_or(labels == 0, labels == 1))
    return 2 * labels - 1 if spelling == "binary" else ops.where(is_binary, 2 * labels - 1, labels)
