"""Reverse-mode differentiation over mpmath numbers, one scalar at a time.

With 400 digits a formula can be written as it stands in the book: nothing that
a float64 can hold (e^-745 to e^709) is lost next to 1, so no rearrangement for
stability hides what is meant. Arrays are numpy object arrays of `Var`.
"""

from functools import lru_cache

import mpmath
import numpy as np

mpmath.mp.dps = 400


class Tie(ValueError):
    """A maximum is reached twice: which one the gradient takes is a matter of taste."""


class Var:
    """A number that remembers the numbers it was made from."""

    __slots__ = ("value", "parents", "order")
    count = 0

    def __init__(self, value, parents=()):
        self.value = mpmath.mpf(value)
        self.parents = parents
        Var.count += 1
        self.order = Var.count

    def __add__(self, other):
        other = lift(other)
        return Var(self.value + other.value, ((self, 1), (other, 1)))

    def __sub__(self, other):
        other = lift(other)
        return Var(self.value - other.value, ((self, 1), (other, -1)))

    def __mul__(self, other):
        """A factor of exactly 0 wins, also against infinity: 0 · log 0 = 0."""
        other = lift(other)
        zero = self.value == 0 or other.value == 0
        return Var(
            0 if zero else self.value * other.value,
            ((self, other.value), (other, self.value)),
        )

    def __truediv__(self, other):
        other = lift(other)
        return Var(
            self.value / other.value,
            ((self, 1 / other.value), (other, -self.value / other.value**2)),
        )

    def __neg__(self):
        return Var(-self.value, ((self, -1),))

    def __rsub__(self, other):
        return lift(other) - self

    def __rtruediv__(self, other):
        return lift(other) / self

    __radd__ = __add__
    __rmul__ = __mul__


def lift(number):
    return number if isinstance(number, Var) else Var(number)


def variables(array):
    """A numpy array as an object array of fresh variables."""
    result = np.empty(array.shape, dtype=object)
    for index in np.ndindex(array.shape):
        result[index] = Var(float(array[index]))
    return result


def gradients(output, inputs):
    """d output / d input for each input."""
    reached, stack = {}, [output]
    while stack:
        node = stack.pop()
        if node.order not in reached:
            reached[node.order] = node
            stack.extend(parent for parent, _ in node.parents)
    cotangent = {output.order: mpmath.mpf(1)}
    for order in sorted(reached, reverse=True):
        arriving = cotangent.get(order, 0)
        if arriving == 0:
            continue
        for parent, partial in reached[order].parents:
            cotangent[parent.order] = cotangent.get(parent.order, 0) + (
                0 if partial == 0 else arriving * partial
            )
    return [cotangent.get(node.order, mpmath.mpf(0)) for node in inputs]


# Functions. Where one has a kink, the derivative is 0 if 0 is a subgradient.


def exp(x):
    value = mpmath.exp(x.value)
    return Var(value, ((x, value),))


def log(x):
    if x.value == 0:
        return Var(-mpmath.inf, ((x, mpmath.inf),))
    return Var(mpmath.log(x.value), ((x, 1 / x.value),))


def log_bounded(x, epsilon):
    """log max(x, epsilon), with the derivative 1 / max(x, epsilon) everywhere."""
    if epsilon is None:
        return log(x)
    bounded = max(x.value, mpmath.mpf(epsilon))
    return Var(mpmath.log(bounded), ((x, 1 / bounded),))


def drawn_back(x, loss, low):
    """The loss at the bound where x is below it by more than rounding, with a
    derivative towards it: as strong as there is something to gain."""
    if x.value >= low - mpmath.mpf("1e-6"):
        return loss(x if x.value >= low else Var(low, ((x, 1),)))
    value = loss(Var(low))
    gain = max(1 - 1 / (1 + max(value.value, 0)), mpmath.mpf(1) / 256)
    return value + Var(0, ((x, -gain),))


def x_log_x(x):
    """x log x, 0 at 0, where its derivative is left out."""
    if x.value == 0:
        return Var(0)
    logarithm = mpmath.log(x.value)
    return Var(x.value * logarithm, ((x, logarithm + 1),))


def log_gamma(x):
    value, slope = gamma_and_slope(x.value)
    return Var(value, ((x, slope),))


@lru_cache(maxsize=None)
def gamma_and_slope(number):
    """Both take long in so many digits, and differences move one number at a time."""
    return mpmath.loggamma(number), mpmath.psi(0, number)


def erf(x):
    slope = 2 / mpmath.sqrt(mpmath.pi) * mpmath.exp(-x.value**2)
    return Var(mpmath.erf(x.value), ((x, slope),))


def tanh(x):
    value = mpmath.tanh(x.value)
    return Var(value, ((x, 1 - value**2),))


def sqrt(x):
    value = mpmath.sqrt(x.value)
    return Var(value, ((x, 0 if value == 0 else 1 / (2 * value)),))


def power(x, exponent):
    """Of x >= 0. At 0 a derivative that is infinite is left out."""
    exponent = mpmath.mpf(exponent)
    if exponent == 1:
        return x
    if x.value == 0:
        return Var(1 if exponent == 0 else 0)
    return Var(x.value**exponent, ((x, exponent * x.value ** (exponent - 1)),))


def arctangent(opposite, adjacent):
    """Of opposite / adjacent; of 0 / 0 it is 0, without a derivative."""
    square = opposite.value**2 + adjacent.value**2
    if square == 0:
        return Var(0)
    angle = (mpmath.atan(opposite.value / adjacent.value) if adjacent.value
             else mpmath.sign(opposite.value) * mpmath.pi / 2)
    return Var(angle, ((opposite, adjacent.value / square), (adjacent, -opposite.value / square)))


def absolute(x):
    return Var(abs(x.value), ((x, mpmath.sign(x.value)),))


def relu(x):
    return x if x.value > 0 else Var(0)


def largest(numbers):
    """The largest of several, -infinity if there are none."""
    if not numbers:
        return Var(-mpmath.inf)
    top = max(number.value for number in numbers)
    reaching = [number for number in numbers if number.value == top]
    if len(reaching) > 1:
        raise Tie("several numbers reach the maximum")
    return reaching[0]


def bounded_below(x, bound):
    return x if x.value >= bound else Var(bound)


def through(x, value):
    """Another value with x's derivative, as if x had it."""
    return Var(value, ((x, 1),))
