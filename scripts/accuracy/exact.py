"""The exact outputs of a loss at a point, and the unit of each: by how much rounding may move it.

An output is an unreduced value, or an entry of the gradient of the sum of the values. Its unit is the larger of
one ulp of it in float32, and of what moving every input by one ulp of that input changes: by its derivatives, or by
moving each input up and down, whichever is more. The second counts where derivatives vanish, and beside a kink.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "goldens"))

import mpmath  # noqa: E402
import numpy as np  # noqa: E402

import reference  # noqa: E402
from autodiff import Tie, gradients  # noqa: E402

LARGEST = float(np.finfo(np.float32).max)
STEP = mpmath.mpf(2) ** -300
SMALLER = mpmath.mpf(2) ** -40


class Outside(ValueError):
    """The formula is not real at this point."""


def ulp(x):
    """The distance of float32 numbers at x; 0 for an input of exactly 0."""
    if x == 0 or not mpmath.isfinite(x):
        return mpmath.mpf(0)
    _, exponent = mpmath.frexp(x)
    return mpmath.mpf(2) ** (max(exponent - 1, -126) - 23)


class Problem:
    """A loss at one point. `wrt` names the inputs that are differentiated."""

    def __init__(self, loss, options, inputs, wrt):
        self.loss, self.options, self.wrt = loss, {**options, "reduction": "none"}, wrt
        self.arrays, self.weights = reference.prepare(self.options, inputs)
        self.variables = [v for name in wrt for v in np.ravel(self.arrays[name])]
        self.is_tied = False
        try:
            self.outputs()
        except Tie:  # The value is continuous: a step apart it has all the digits that count.
            self.is_tied = True
            for i, variable in enumerate(self.variables):
                variable.value += (abs(variable.value) or 1) * (i + 1) * mpmath.mpf(2) ** -1000

    def outputs(self):
        """All values, then all entries of the gradients."""
        value = np.ravel(reference.compute(self.loss, self.options, self.arrays, self.weights))
        self.values = len(value)
        found = [number.value for number in value]
        found += gradients(reference.total(value), self.variables)
        if not all(isinstance(number, (mpmath.mpf, int)) for number in found):
            raise Outside("not a real number")
        return [mpmath.mpf(number) for number in found]

    def moved(self, i, step):
        variable = self.variables[i]
        before = variable.value
        variable.value = before + step
        try:
            return self.outputs()
        finally:
            variable.value = before

    def measured(self, domains):
        """Exact outputs and their units. Where an output jumps, its exact number is NaN."""
        exact = self.outputs()
        sums, jumps = [mpmath.mpf(0)] * len(exact), [False] * len(exact)
        for i, variable in enumerate(self.variables):
            x, ulp_of_x = variable.value, ulp(variable.value)
            step = (abs(x) or 1) * STEP
            low, high = domains[i]
            changes = [mpmath.mpf(0)] * len(exact)
            for signed in [step] * (x + step <= high) + [-step] * (x - step >= low):
                far = self.changes(exact, i, signed)
                near = None
                for o, change in enumerate(far):
                    if change == 0:
                        continue
                    if change > abs(exact[o]) * mpmath.mpf(2) ** -200:
                        near = near or self.changes(exact, i, signed * SMALLER)
                        if near[o] > change * mpmath.mpf(2) ** -15:
                            jumps[o] = True
                    changes[o] = max(changes[o], change)
            by_ulp = [mpmath.mpf(0)] * len(exact)
            for signed in [ulp_of_x] * (x + ulp_of_x <= high) + [-ulp_of_x] * (x - ulp_of_x >= low):
                if signed != 0:
                    by_ulp = [max(pair) for pair in zip(by_ulp, self.changes(exact, i, signed, 0))]
            for o, change in enumerate(changes):
                sums[o] += max(change / step * ulp_of_x, by_ulp[o])
        if self.is_tied:
            jumps[self.values:] = [True] * (len(exact) - self.values)
        units = [max(ulp(number) or mpmath.mpf(2) ** -149, total)
                 for number, total in zip(exact, sums)]
        return [mpmath.nan if jump else number for number, jump in zip(exact, jumps)], units

    def changes(self, exact, i, step, of_tie=mpmath.inf):
        """How much each output changes; of gradients at a tie, which they do not have, `of_tie`."""
        try:
            return [abs(b - a) for a, b in zip(exact, self.moved(i, step))]
        except Tie:
            return [mpmath.mpf(0)] * self.values + [mpmath.mpf(of_tie)] * (len(exact) - self.values)

    def measured_in_part(self, chosen):
        """Of long rows: the values and some entries of the gradient. Derivatives commute, so that moving the input of
        an entry tells what moving each input does to that entry."""
        exact = self.outputs()
        ulps = [ulp(variable.value) for variable in self.variables]
        slopes = exact[self.values:]
        assert self.values == 1
        units = [max(ulp(exact[0]), sum(abs(g) * u for g, u in zip(slopes, ulps)))]
        for i in chosen:
            step = (abs(self.variables[i].value) or 1) * STEP
            there = self.moved(i, step)[self.values:]
            total = sum(abs(b - a) * u for a, b, u in zip(slopes, there, ulps)) / step
            units.append(max(ulp(slopes[i]) or mpmath.mpf(2) ** -149, total))
        return [exact[0]] + [slopes[i] for i in chosen], units
