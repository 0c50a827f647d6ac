"""Inputs at which losses are measured: legal ones, exact in float32, of two classes.

Typical ones are what training meets. Extreme ones have all magnitudes, labels and predictions that are equal or
nearly, saturated probabilities, exact zeros, ties and single overwhelming classes. A function here draws the inputs
of one point, each with a leading axis of 1; `i` counts the points of a class, so that every kind has its turn.
"""

import numpy as np

f32 = np.float32


def pick(i, *choices):
    return choices[i % len(choices)]


def sign(r):
    return r.choice([-1.0, 1.0])


def magnitude(r, low=-37, high=37):
    """A positive number of any size: its logarithm to base 10 is uniform."""
    return 10.0 ** r.uniform(low, high)


def steps(r, most=1000):
    """How many ulp apart: 1 to 1000, small ones as often as large ones."""
    return int(round(most ** r.uniform(0, 1)))


def moved(x, ulps):
    """x, so many float32 numbers away."""
    x = f32(x)
    for_sure = np.nextafter(x, f32(np.inf)) - x if ulps > 0 else x - np.nextafter(x, f32(-np.inf))
    return f32(x + f32(ulps) * for_sure)


def softmax(x):
    powers = np.exp(x - np.max(x))
    return powers / powers.sum()


# One number


def real(r, i, extreme):
    """A label and a prediction, of any sign."""
    scale = r.uniform(1, 3)
    y = r.normal() * scale
    if not extreme:
        return y, r.normal() * scale
    kind = i % 6
    if kind == 0:
        return sign(r) * magnitude(r), sign(r) * magnitude(r)
    if kind == 1:
        y = y * magnitude(r, -3, 4)
        return y, moved(y, sign(r) * steps(r))
    if kind == 2:
        return 0, sign(r) * magnitude(r)
    if kind == 3:
        y = sign(r) * magnitude(r, -30, 30)
        return y, y * (1 + r.normal())
    if kind == 4:
        return y, y + sign(r) * magnitude(r, -10, 10)
    return 0, sign(r) * magnitude(r, -8, 3)


def positive(r, i, extreme):
    """A label and a prediction that are not negative."""
    y, x = abs(r.normal()) * 3, abs(r.normal()) * 3 + 0.05
    if not extreme:
        return (float(round(y)) if i % 3 == 0 else y + 0.01), x
    kind = i % 5
    if kind == 0:
        return magnitude(r, -36, 36), magnitude(r, -6.9, 36)
    if kind == 1:
        y = (y + 0.01) * magnitude(r, -3, 5)
        return y, moved(y, sign(r) * steps(r))
    if kind == 2:
        return 0, magnitude(r, -6.9, 36)
    if kind == 3:
        x = magnitude(r, -6, 30)
        return x * (1 + sign(r) * magnitude(r, -6, -0.1)), x
    return (y + 0.01) * magnitude(r, -5, 0), magnitude(r, -6.9, 6)


def count_and_logarithm(r, i, extreme):
    """A label that is not negative, and the logarithm of its mean."""
    y, x = abs(r.normal()) * 3, r.normal() * r.uniform(1, 2)
    if not extreme:
        return (float(round(y)) if i % 3 == 0 else y + 0.01), x
    kind = i % 4
    if kind == 0:
        return y + 0.01, sign(r) * r.uniform(20, 80)
    if kind == 1:
        y = (y + 0.01) * magnitude(r, -3, 5)
        return y, moved(np.log(y), sign(r) * steps(r))
    if kind == 2:
        return 0, r.normal() * 20
    return magnitude(r, -20, 20), sign(r) * magnitude(r, -20, 1.5)


def positive_and_logarithm(r, i, extreme):
    y, x = count_and_logarithm(r, i, extreme)
    return (y or 1.0), x


def binary_label(r, i):
    return pick(i // 2, 0.0, 1.0, 1.0, 0.0, r.uniform())


def probability(r, i, extreme):
    y = binary_label(r, i)
    if not extreme:
        return y, r.uniform()
    return y, pick(i, magnitude(r, -7, -1), 1 - steps(r) * 2.0**-24, magnitude(r, -37, -7), magnitude(r, -3, -1),
                   1 - magnitude(r, -6, -1), pick(i // 6, 0.0, 1.0))


def confident_logit(r, i):
    return pick(i, sign(r) * r.uniform(20, 100), sign(r) * r.uniform(5, 20), sign(r) * 1e4, r.normal() * 10,
                sign(r) * magnitude(r, -37, -2), sign(r) * magnitude(r, 2, 37))


def binary_logit(r, i, extreme):
    y = binary_label(r, i)
    return y, (confident_logit(r, i) if extreme else r.normal() * r.uniform(1, 3))


def signed_score(r, i, extreme):
    """A label of -1 or 1, and a score."""
    y = sign(r)
    if not extreme:
        return y, r.normal() * r.uniform(1, 2)
    return y, pick(i, sign(r) * magnitude(r), moved(y, sign(r) * steps(r)), sign(r) * r.uniform(20, 100),
                   sign(r) * magnitude(r, -37, -3), sign(r) * magnitude(r, -3, 4))


def elementwise(pair):
    def draw(r, i, extreme):
        y, x = pair(r, i, extreme)
        return {"labels": np.array([y]), "predictions": np.array([x])}

    return draw


def gaussian(r, i, extreme):
    y, x = real(r, i, extreme)
    v = abs(r.normal()) + 0.1
    if extreme:
        v = pick(i // 6, v, magnitude(r, -5.9, 0), magnitude(r, 0, 30), max(1.01e-6, (y - x) ** 2 * r.uniform(0.5, 2)))
    return {"labels": np.array([y]), "mean": np.array([x]), "variance": np.array([min(v, 1e37)])}


def laplace(r, i, extreme):
    own = gaussian(r, i, extreme)
    return {"labels": own["labels"], "location": own["mean"], "scale": own["variance"]}


def student(r, i, extreme):
    degrees = magnitude(r, -5.9, 8) if extreme else magnitude(r, -0.5, 2)
    return {**laplace(r, i, extreme), "degreesOfFreedom": np.array([degrees])}


def score(r, i, extreme):
    own = gaussian(r, i, extreme)
    return {"labels": own["labels"], "mean": own["mean"], "standardDeviation": own["variance"]}


def ensemble(r, i, extreme):
    """A label and draws that predict it."""
    y, members = r.normal() * 2, r.normal(size=pick(i, 2, 3, 5, 8)) * 2
    if extreme:
        y, members = pick(i, (y, members * magnitude(r, -3, 6)), (0, members * magnitude(r)),
                          (members[0] * (1 + magnitude(r, -6, -2)), members))
    return {"labels": np.array([y]), "members": members[None]}


def quantiles(r, i, extreme):
    """Draws of a distribution, and quantiles of it."""
    draws, predictions = r.normal(size=pick(i, 1, 3, 4)) * 2, r.normal(size=pick(i // 2, 1, 2, 5)) * 2
    if extreme:
        predictions = predictions * pick(i, magnitude(r, -6, 6), magnitude(r, 0, 15))
    return {"labels": draws[None], "predictions": predictions[None]}


def count(r, i, extreme):
    """A count, a mean and a dispersion."""
    y, m = float(r.poisson(3)), abs(r.normal()) * 3 + 0.05
    a = magnitude(r, -2, 0.5)
    if extreme:
        y = pick(i, 0.0, 1.0, float(round(magnitude(r, 0, 5))))
        m = pick(i // 3, m, magnitude(r, -5.9, 5), max(1e-5, y * (1 + r.normal() / 100)))
        a = magnitude(r, -5.9, 6)
    return {"labels": np.array([y]), "mean": np.array([m]), "dispersion": np.array([a])}


def mixture(r, i, extreme):
    """A vector, and the components of which it may be one."""
    k, size = pick(i, 2, 3), pick(i // 2, 1, 2)
    y, means, scales = r.normal(size=size), r.normal(size=(k, size)) * 2, np.abs(r.normal(size=(k, size))) + 0.1
    if extreme:
        y = y * pick(i, 1, magnitude(r, 0, 4))
        scales = scales * magnitude(r, -3, 3)
    return {"labels": y[None], "logits": logit_row(r, i, extreme, k)[None], "means": means[None], "scales": scales[None]}


def survival(r, i, extreme):
    """Times and events of a batch, and log-hazards."""
    n = pick(i, 3, 5, 8)
    times, events = r.randint(1, n + 1, n) / 2, r.randint(0, 2, n)
    events[0] = 1
    h = r.normal(size=n)
    if extreme:
        h = h * pick(i, 20, 1e4, magnitude(r, -20, 0))
    return {"labels": np.stack([times, events], 1).astype(float), "logHazards": h}


def survival_in_intervals(r, i, extreme):
    """The interval of each example's end, whether by an event, and logits of all intervals."""
    c = pick(i, 1, 3, 5)
    labels = np.array([r.randint(c), r.randint(2)], dtype=float)
    return {"labels": labels[None], "predictions": logit_row(r, i, extreme, c)[None]}


def gaussian_by_logarithm(r, i, extreme):
    y, x = real(r, i, extreme)
    v = r.normal()
    if extreme:
        v = pick(i // 6, v, sign(r) * r.uniform(20, 80), sign(r) * magnitude(r, -20, 0))
    return {"labels": np.array([y]), "mean": np.array([x]), "variance": np.array([v])}


def ranked(r, i, extreme):
    b, a = real(r, i, extreme)
    return {"labels": np.array([sign(r)]), "a": np.array([a]), "b": np.array([b])}


# A row of classes


def classes(i, extreme):
    return 1 if extreme and i % 12 == 11 else pick(i, 2, 3, 5)


def logit_row(r, i, extreme, c):
    row = r.normal(size=c) * r.uniform(1, 3)
    if not extreme:
        return row
    kind, top = (i // 3) % 9, r.randint(c)
    if kind == 0:
        row[top] += r.uniform(20, 100)
    elif kind == 1:
        row[top] -= r.uniform(20, 100)
    elif kind == 2:
        row = row * 1e4
    elif kind == 3:
        row = np.array([moved(row[0], sign(r) * steps(r)) for _ in row])
    elif kind == 4:
        row[:2] = row.max() + r.uniform(0, 20)
    elif kind == 5:
        row = np.array([sign(r) * magnitude(r, -37, -3) for _ in row])
    elif kind == 6:
        row = row * magnitude(r, 4, 37)
    elif kind == 7:
        row[top] += r.uniform(5, 20)
    else:
        row = np.array([sign(r) * magnitude(r, -3, 2) for _ in row])
    return row


def distribution_row(r, i, extreme, c, zeros=True):
    row = softmax(r.normal(size=c) * r.uniform(1, 3))
    if not extreme or c == 1:
        return row if c > 1 else np.array([1.0])
    kind, one = (i // 3) % 6, r.randint(c)
    if kind == 0:
        row[one] = magnitude(r, -7, -2)
    elif kind == 1:
        row = np.array([magnitude(r, -37, -7) for _ in row])
        row[one] = 1
    elif kind == 2:
        k = steps(r)
        row = np.full(c, k * 2.0**-24 / (c - 1))
        row[one] = 1 - k * 2.0**-24
    elif kind == 3 and zeros:
        row[one] = 0
    elif kind == 4:
        row = np.full(c, 1 / c)
    elif kind == 5 and zeros:
        row = np.zeros(c)
        row[one] = 1
    return row / row.sum()


def log_row(r, i, extreme, c):
    row = logit_row(r, i if extreme and (i // 3) % 9 not in (2, 6) else 0, extreme, c)
    top = row.max()
    return np.minimum(row - (top + np.log(np.exp(row - top).sum())), 0)


rows_of = {"logits": logit_row, "probabilities": distribution_row, "logProbabilities": log_row}


def near(r, row, form):
    """Another row next to it."""
    c = len(row)
    if r.randint(2):
        row = np.array([moved(x, sign(r) * steps(r)) for x in row], float)
    else:
        size = magnitude(r, -7, -1)
        row = row * (1 + size * r.normal(size=c)) if form == "probabilities" else row + size * r.normal(size=c)
    if form == "probabilities":
        row = np.clip(row, 0, 1)
    return np.minimum(row, 0) if form == "logProbabilities" else row


def dense(form):
    """A row of label shares, and a row of predictions: one-hot labels, and others."""

    def draw(r, i, extreme):
        c = classes(i, extreme)
        y = np.eye(c)[r.randint(c)]
        if i % 3 == 2 and c > 1:
            y = distribution_row(r, r.randint(18), extreme, c)
        return {"labels": y[None], "predictions": rows_of[form](r, i, extreme, c)[None]}

    return draw


def one_hot(r, i, extreme):
    """Labels that are one-hot, where a loss takes no others."""
    c = max(2, classes(i, extreme))
    return {"labels": np.eye(c)[r.randint(c)][None], "predictions": logit_row(r, i, extreme, c)[None]}


def sparse(form, size=None):
    """Class indices, of as many classes as come, or of `size`."""

    def draw(r, i, extreme):
        c = size or classes(i, extreme)
        return {"labels": np.array([r.randint(c)]), "predictions": rows_of[form](r, i, extreme, c)[None]}

    return draw


def pair(label_form, form, names=("labels", "predictions")):
    """Two distributions, each written in one of three ways; extreme ones are often nearly equal."""

    def draw(r, i, extreme):
        c = classes(i, extreme)
        y = rows_of[label_form](r, r.randint(54) if i % 2 else i, extreme, c)
        x = rows_of[form](r, i, extreme, c)
        if extreme and i % 2:
            y = rows_of[label_form](r, i, i % 4 == 1, c)
            if label_form == form:
                x = near(r, y, form)
            elif label_form == "probabilities":
                x = near(r, np.log(np.maximum(y, 1e-30)), form)
        return {names[0]: y[None], names[1]: x[None]}

    return draw


def single(form, name):
    def draw(r, i, extreme):
        return {name: rows_of[form](r, i, extreme, classes(i, extreme))[None]}

    return draw


def hard_scores(r, i, extreme):
    """Scores of margin losses: extreme ones also a few ulp from the margin of 1."""
    c = classes(i, extreme)
    y, row = r.randint(c), logit_row(r, i, extreme, c)
    if extreme and i % 4 == 1 and c > 1:
        row = row - row[y] + r.uniform(1, 2)
        row = np.where(np.arange(c) == y, row, row[y] - 1 - r.uniform(0.1, 3, size=c))
        row[(y + 1) % c] = moved(row[y] - 1, sign(r) * steps(r))
    return {"labels": np.array([y]), "predictions": row[None]}


def multi_hot(whole):
    def draw(r, i, extreme):
        c = max(2, classes(i, extreme))
        y = r.randint(0, 2, c)
        y[r.randint(c)] = 1
        if not whole and i % 3 == 2:
            y = r.uniform(size=c)
        x = np.array([confident_logit(r, i + k) for k in range(c)]) if extreme and i % 2 else logit_row(r, i, extreme, c)
        return {"labels": y[None] if whole else y[None].astype(float), "predictions": x[None]}

    return draw


def indices(r, i, extreme):
    c = max(2, classes(i, extreme))
    count = r.randint(1, c + 1)
    y = np.full(c, -1)
    y[:count] = r.permutation(c)[:count]
    return {"labels": y[None], "predictions": logit_row(r, i, extreme, c)[None]}


def relevances(r, i, extreme):
    c = pick(i, 2, 3, 5)
    y = r.randint(0, 4, c).astype(float)
    y[r.randint(c)] = 1
    return {"labels": y[None], "predictions": logit_row(r, i, extreme, c)[None]}


def two_scores(r, i, extreme):
    """Of what was chosen and of what was rejected."""
    rejected, chosen = real(r, i, extreme)
    return {"chosen": np.array([chosen]), "rejected": np.array([rejected])}


def log_probability(r, i, extreme):
    """Of an answer."""
    if not extreme:
        return -abs(r.normal()) * 3 - 0.05
    return -pick(i, magnitude(r, -20, -3), r.uniform(20, 100), r.uniform(100, 1000), 0.7 * (1 + r.normal() / 20),
                 magnitude(r, -3, 4))


def answers(*names):
    """Log-probabilities; extreme ones are far apart, or every third time nearly the same in pairs."""
    def draw(r, i, extreme):
        found = [log_probability(r, i + k, extreme) for k in range(len(names))]
        if extreme and i % 3 == 0:
            found[1::2] = [moved(x, sign(r) * steps(r)) for x in found[::2]][:len(found[1::2])]
        return {name: np.array([x]) for name, x in zip(names, found)}

    return draw


def judged(r, i, extreme):
    """Whether an answer is desirable, and its log-probabilities."""
    return {"labels": np.array([i // 2 % 2]), **answers("policy", "reference")(r, i, extreme)}


def tokens(r, i, extreme):
    """The advantage of an answer, and log-probabilities of its tokens under two policies, close and sometimes far."""
    n = pick(i, 1, 2, 4)
    new = np.array([log_probability(r, i + t, extreme) for t in range(n)])
    change = r.normal(size=n) * pick(i, 0.125, 0.5) if not extreme else r.normal(size=n) * magnitude(r, -6, 1.5)
    return {"advantages": np.array([r.normal()]), "logProbs": new[None], "oldLogProbs": np.minimum(new + change, 0)[None]}


def acted(r, i, extreme):
    """The advantage of an action, and its log-probability."""
    own = tokens(r, i, extreme)
    return {"advantages": own["advantages"] * (magnitude(r, -6, 6) if extreme else 1), "logProbs": own["logProbs"][0, :1]}


def acted_before(r, i, extreme):
    """Also its log-probability under the policy that acted."""
    own = tokens(r, i, extreme)
    return {"advantages": own["advantages"], "logProbs": own["logProbs"][0, :1], "oldLogProbs": own["oldLogProbs"][0, :1]}


def valued(r, i, extreme):
    """The return from a state, its value, and its value before: often within a step of one another."""
    target, value = real(r, i, extreme)
    change = r.normal() * pick(i // 6, 0.2, 1, magnitude(r, -6, 6) if extreme else 0.1)
    return {"returns": np.array([target], float), "values": np.array([value]), "oldValues": np.array([value + change])}


def transition(r, i, extreme):
    """An action, its reward, and values of all actions in this state and in the next."""
    c = pick(i, 2, 3, 5)
    reward, values, after = r.normal(), r.normal(size=c) * 2, r.normal(size=c) * 2
    action = r.randint(c)
    if extreme:
        kind = i % 4
        if kind == 0:
            values = values * magnitude(r, -18, 18)
        elif kind == 1:
            values[action] = moved(reward + 0.5 * after.max(), sign(r) * steps(r))
        elif kind == 2:
            values, after = values * 1e4, after * 1e4
        else:
            values, after, reward = values * magnitude(r, -30, 30), 0 * after, 0.0
    return {"actions": np.array([action]), "rewards": np.array([reward]), "values": values[None], "nextValues": after[None]}


def played(*names):
    """Scores of a discriminator."""
    return lambda r, i, extreme: {name: np.array([binary_logit(r, i + k, extreme)[1]]) for k, name in enumerate(names)}


def latent(r, i, extreme):
    """Means and logarithms of variances of a code; extreme ones also next to the prior of 0."""
    mean, log_variance = r.normal(size=2), r.normal(size=2)
    if extreme:
        mean = mean * pick(i, magnitude(r, -18, 15), 1e-3, 0)
        log_variance = log_variance * pick(i // 3, magnitude(r, -18, 1.5), 1e-3, 20)
    return {"mean": mean[None], "logVariance": log_variance[None]}


def ordered(r, i, extreme):
    """A class among those that the thresholds lie between."""
    c = pick(i, 1, 2, 4)
    return {"labels": np.array([r.randint(c + 1)]), "predictions": logit_row(r, i, extreme, c)[None]}


def positive_and_unlabelled(r, i, extreme):
    """Scores of some examples of either kind."""
    scores = [binary_logit(r, i + k, extreme)[1] for k in range(5)]
    return {"labels": np.array([1, 0, 0, 1, 0]), "predictions": np.array(scores)}


def two_sequences(r, i, extreme):
    """Vectors over time; extreme ones far from each other, or almost the same."""
    labels, predictions = r.normal(size=(1, 3, 2)), r.normal(size=(1, 4, 2))
    if extreme:
        labels, predictions = pick(i, (100 * labels, 100 * predictions), (labels, labels), (labels, 3 + labels),
                                   (labels, labels * (1 + 1e-4)), (1e4 * labels, predictions))
    return {"labels": labels, "predictions": predictions}
def between_bins(r, i, extreme):
    """A number between those that the classes stand for, or one of them."""
    c = pick(i, 2, 4, 16)
    y = r.uniform(0, c - 1)
    if extreme:
        y = pick(i // 3, y, float(r.randint(c)), moved(r.randint(1, c), -steps(r)), -1.0, c + 0.5)
    return {"labels": np.array([y]), "predictions": logit_row(r, i, extreme, c)[None]}


def keypoints(r, i, extreme):
    """Three points of an object, where they should be, and its area."""
    size = magnitude(r, -3, 4)
    y = r.uniform(0, 4, size=(1, 3, 2)) * size
    off = pick(i, 0.01, 0.1, 0.3)
    x = y + off * size * r.normal(size=y.shape)
    if extreme:
        kind = i % 4
        if kind == 0:
            x = np.vectorize(lambda v: moved(v, sign(r) * steps(r)))(y)
        elif kind == 1:
            y, x = 0 * y, magnitude(r, -20, -3) * size * r.normal(size=y.shape)
        elif kind == 2:
            x = y + size * r.normal(size=y.shape)
        else:
            x = y + 0.7 * size * r.normal(size=y.shape)
    return {"labels": y, "predictions": x, "areas": np.array([size * size])}


def heights(r, i, extreme):
    """The height of a heatmap at a place, and what is predicted."""
    y = pick(i // 2, 0.0, 1.0, r.uniform(), magnitude(r, -6, 0))
    if not extreme:
        return {"labels": np.array([y]), "predictions": np.array([r.uniform(-0.25, 1.25)])}
    x = pick(i, moved(y or 0.5, sign(r) * steps(r)), y + sign(r) * magnitude(r, -6, -1), sign(r) * magnitude(r, -20, 20),
             moved(y + 0.5, sign(r) * steps(r)))
    return {"labels": np.array([y]), "predictions": np.array([x])}


def taught(r, i, extreme):
    """A class, the logits of a student and those of a teacher."""
    rows = pair("logits", "logits", ("teacher", "predictions"))(r, i, extreme)
    label = r.randint(rows["predictions"].shape[-1])
    return {"labels": np.array([label]), "predictions": rows["predictions"], "teacher": rows["teacher"]}


def several(r, i, extreme):
    """Rows of labels and predictions that are compared in pairs."""
    n = pick(i, 2, 3, 5)
    y, x = r.normal(size=n) * 2, r.normal(size=n) * 2
    if extreme:
        kind = i % 5
        if kind == 0:
            x = np.array([moved(v, sign(r) * steps(r)) for v in y])
        elif kind == 1:
            y, x = y * magnitude(r, -18, 18), x * magnitude(r, -18, 18)
        elif kind == 2:
            y, x = y + 1e4, x + 1e4
        elif kind == 3:
            y = np.zeros(n)
            x = 1 + np.array([steps(r) for _ in x]) * 2.0**-23
        else:
            x = y + magnitude(r, -6, 6)
    return {"labels": y[None], "predictions": x[None]}


def noised(r, i, extreme):
    """What a diffusion model is to predict and does predict, and the signal-to-noise ratio."""
    rows = several(r, i, extreme)
    ratio = magnitude(r, -6, 6) if extreme else magnitude(r, -1.5, 1.5)
    return {"targets": rows["labels"], "predictions": rows["predictions"], "signalToNoise": np.array([ratio])}


def features(r, i, extreme):
    """Of two images of four pixels; extreme ones are nearly equal, small or large."""
    y, x = r.normal(size=(2, 1, 2, 2, 3))
    if extreme:
        y, x = pick(i, (y, y + magnitude(r, -6, -1) * x), (y * magnitude(r, -8, 8), x * magnitude(r, -8, 8)), (y, 0 * x))
    return {"labels": y, "predictions": x}


def pictures(shape):
    """Two images that are alike; extreme ones nearly equal, of one colour, opposite, unrelated, dim."""

    def draw(r, i, extreme):
        y = r.uniform(size=(1, *shape))
        x = np.clip(y + 0.2 * r.normal(size=y.shape), 0, 1)
        if extreme:
            y, x = pick(i, (y, y + magnitude(r, -6, -2) * x), (0 * y + 0.5, x), (y, 1 - y), (y, r.uniform(size=y.shape)),
                        (y * magnitude(r, -8, -1), x * magnitude(r, -8, -1)), (255 * y, 255 * x))
        return {"labels": y, "predictions": x}

    return draw


# Vectors


def two_vectors(r, i, extreme):
    d = pick(i, 2, 3, 8)
    a, b = r.normal(size=d), r.normal(size=d)
    if extreme:
        kind = i % 8
        if kind == 0:
            b = np.array([moved(v, sign(r) * steps(r)) for v in a])
        elif kind == 1:
            b = a * r.uniform(0.5, 2) + magnitude(r, -7, -1) * r.normal(size=d)
        elif kind == 2:
            b = -a + magnitude(r, -7, -1) * r.normal(size=d)
        elif kind == 3:
            b = b - a * (a @ b) / (a @ a)
        elif kind == 4:
            a, b = a * magnitude(r, -6, 17), b * magnitude(r, -6, 17)
        elif kind == 5:
            a, b = a * magnitude(r, -5, 0), np.where(np.arange(d) == 0, b, 0)
        elif kind == 6:
            b = a * 2.0 ** r.randint(-3, 4)
        else:
            a, b = a * magnitude(r, -30, -8), b * magnitude(r, 0, 18)
    return a, b


def vectors(r, i, extreme):
    a, b = two_vectors(r, i, extreme)
    return {"labels": a[None], "predictions": b[None]}


def signed_vectors(r, i, extreme):
    a, b = two_vectors(r, i, extreme)
    return {"labels": np.array([sign(r)]), "a": a[None], "b": b[None]}


def triplets(r, i, extreme):
    a, b = two_vectors(r, i, extreme)
    c = r.normal(size=len(a))
    if extreme and i % 3 == 0:
        c = np.array([moved(v, sign(r) * steps(r)) for v in b])
    return {"anchor": a[None], "positive": b[None], "negative": c[None]}


# Boxes


def boxes(r, i, extreme):
    """Corners x1, y1, x2, y2 of a target and a prediction."""

    def box(center=(0, 0), size=1.0):
        middle = np.asarray(center) + r.normal(size=2) * 0.5 * size
        half = size * r.uniform(0.3, 1.2, size=2)
        return np.concatenate([middle - half, middle + half])

    a, b = box(), box()
    if extreme:
        kind = i % 7
        if kind == 0:
            a, b = a * magnitude(r, -3, 17), b * magnitude(r, -3, 17)
        elif kind == 1:
            b = np.array([moved(v, sign(r) * steps(r)) for v in a])
        elif kind == 2:
            b = b + magnitude(r, 0.5, 6)
        elif kind == 3:
            scale = magnitude(r, -15, 15)
            a, b = a * scale, b * scale
        elif kind == 4:
            b = a + magnitude(r, -6, -1) * r.normal(size=4)
        elif kind == 5:
            b = box((0, 0), magnitude(r, -3, -1))
        else:
            a, b = a + 1000, b + 1000
    return {"labels": a[None], "predictions": b[None]}


# Masks


def image(c, logits, soft=True, whole=False, size=(4, 4)):
    """Masks of one class, or maps of class indices; predictions of [1, ...size, c]."""

    def draw(r, i, extreme):
        shape = (1, *size)
        y = r.randint(0, max(c, 2), shape)
        aligned = (np.eye(c)[y] if c > 1 else y[..., None].astype(float)) * 2 - 1
        x = r.normal(size=(*shape, c)) * r.uniform(1, 3) + aligned
        if extreme:
            kind = i % 6
            if kind == 0:
                x = aligned * r.uniform(20, 80) + r.normal(size=x.shape)
            elif kind == 1:
                x = -aligned * r.uniform(5, 30) + r.normal(size=x.shape)
            elif kind == 2:
                x = aligned * r.uniform(8, 20) + r.normal(size=x.shape) * 2
            elif kind == 3:
                y = np.full(shape, 0 if c > 1 or i % 2 else 1)
            elif kind == 4:
                x = np.array([sign(r) * magnitude(r, -8, 1.8) for _ in range(x.size)]).reshape(x.shape)
            else:
                x = x - 20 if c == 1 else x * 10
        if not logits:
            if c > 1:
                x = np.exp(x - x.max(-1, keepdims=True))
                x = x / x.sum(-1, keepdims=True)
            else:
                x = 1 / (1 + np.exp(-x))
        if c == 1 and not whole:
            y = y[..., None].astype(float)
            if soft and i % 4 == 3:
                y = np.clip(y * 0.9 + 0.05 * r.uniform(size=y.shape), 0, 1)
        return {"labels": y, "predictions": x}

    return draw


def scores_of_image(r, i, extreme):
    y = r.randint(0, 2, (1, 3, 3))
    x = r.normal(size=y.shape) * r.uniform(0.5, 2)
    if extreme:
        aligned = 2 * y - 1
        x = pick(i, x * magnitude(r, 2, 30), aligned * (1 - 2.0**-24 * r.randint(1, 1000, y.shape)),
                 x * magnitude(r, -20, -2), aligned * r.uniform(0.99, 1.01, y.shape))
    return {"labels": y, "predictions": x}


# Sequences, batches, layers


def sequences(logits):
    def draw(r, i, extreme):
        t, c, length = 4, 3, 2
        x = r.normal(size=(1, t, c)) * r.uniform(1, 3)
        if extreme:
            x = pick(i, x * 10, x * 30, x * 1e-4, x + 1e3, x * magnitude(r, 2, 4))
        if not logits:
            x = x - np.log(np.exp(x - x.max(-1, keepdims=True)).sum(-1, keepdims=True)) - x.max(-1, keepdims=True)
            x = np.minimum(x, 0)
        return {"labels": r.randint(1, c, (1, length)), "logits": x}

    return draw


def tagged(r, i, extreme):
    """A sequence of three classes, scores of each class over time, and of the ways between classes."""
    emissions, transitions = r.normal(size=(1, 4, 3)) * r.uniform(1, 3), r.normal(size=(3, 3))
    if extreme:
        emissions = pick(i, emissions * 10, emissions * 1e-4, emissions + 1e3, emissions * magnitude(r, 2, 4), emissions)
        transitions = transitions * pick(i, 1, 1, 1, 1, magnitude(r, 1, 3))
    return {"labels": r.randint(0, 3, (1, 4)), "emissions": emissions, "transitions": transitions}


def embeddings(normalized):
    """Embeddings of a batch; of unit length unless the loss makes them so."""

    def draw(r, i, extreme):
        y = np.array([0, 1, 0, 1, 2])
        x = r.normal(size=(5, 3))
        if extreme:
            x = pick(i, np.array([[1.0, 0, 0], [0, 1, 0]])[[0, 1, 0, 1, 0]] + 1e-3 * x, x[[0, 1, 1, 0, 2]] + 1e-4 * x,
                     x[[0, 1, 0, 1, 2]] + 1e-3 * x, x * (1 if normalized is None else magnitude(r, -4, 8)))
        if normalized is not None and not normalized:
            x = x / np.linalg.norm(x, axis=1, keepdims=True)
        return {"labels": y, "embeddings": x}

    return draw


def views(*names):
    """Two views of the examples of a batch."""

    def draw(r, i, extreme):
        a = r.normal(size=(3, 3))
        b = a + 0.5 * r.normal(size=a.shape)
        if extreme:
            a, b = pick(i, (a, a + 1e-3 * b), (a, -a + 1e-3 * b), (10 * a, 10 * b),
                        (a * magnitude(r, -4, 4), b * magnitude(r, -4, 4)))
        return dict(zip(names, (a, b)))

    return draw


def pair_distance(r, i, extreme):
    distance = abs(r.normal())
    if extreme:
        distance = pick(i, magnitude(r, -18, 18), 1 + sign(r) * steps(r) * 2.0**-23, 0)
    return binary_label(r, i), distance


def cosine_row(r, i, extreme, c):
    """Cosines of a vector and its classes; near 1 and -1, near each other, small."""
    x = r.uniform(-1, 1, c)
    if extreme:
        x = pick(i, sign(r) * (1 - np.abs(x) * 1e-4), x[0] + 1e-4 * x / 2, x * magnitude(r, -8, -1), x * 0.999)
    return np.clip(x, -1, 1)


def cosines_of_label(r, i, extreme):
    c = classes(i, extreme)
    return {"labels": np.array([r.randint(c)]), "cosines": cosine_row(r, i, extreme, c)[None]}


def cosines_of_batch(r, i, extreme):
    rows = [cosine_row(r, i + k, extreme, 3) for k in range(4)]
    return {"labels": r.randint(0, 3, 4), "cosines": np.array(rows)}


def centers_of_label(r, i, extreme):
    """Cosines of a vector and two centres of each class."""
    c = classes(i, extreme)
    rows = [cosine_row(r, i, extreme, c) for _ in range(2)]
    return {"labels": np.array([r.randint(c)]), "similarities": np.stack(rows, -1)[None]}


def centers(r, i, extreme):
    """A vector and the centres of three classes."""
    table, label = r.normal(size=(3, 4)), r.randint(3)
    x = r.normal(size=4)
    if extreme:
        x, table = pick(i, (table[label] + 1e-4 * x, table), (x * magnitude(r, -8, 8), table),
                        (x * 1e8, table * 1e8), (table[label], table))
    return {"labels": np.array([label]), "embeddings": x[None], "centers": table}


def layer(r, i, extreme):
    hidden, weight = r.normal(size=(2, 3)), r.normal(size=(4, 3))
    if extreme:
        size = pick(i, 30, 10, 1e-4, 1e4)
        hidden = hidden * size
    return {"labels": r.randint(0, 4, 2), "hidden": hidden, "weight": weight}


def several_probabilities(logits):
    def draw(r, i, extreme):
        pairs = [(binary_logit if logits else probability)(r, i + k, extreme) for k in range(4)]
        return {"labels": np.array([y for y, _ in pairs]), "predictions": np.array([x for _, x in pairs])}

    return draw
