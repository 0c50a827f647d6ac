"""High-precision values (400 digits) of losses of preferences: masks, weights and reductions, and
what no library has: answers that are certain, lengths, sequences beside other objectives."""

import numpy as np

from goldens import goldens_of_mpmath, logits, rounded, weights

H = "h = β (chosen - referenceChosen - rejected + referenceRejected)"
SMOOTH = "-(1 - ε) log σ(h) - ε log σ(-h)"
MASK = [True, False, True, True, False, True]


def log_probs(*shape, seed):
    return -np.abs(logits(*shape, seed=seed, scale=2)) - 0.125


def make():
    golden, one = goldens_of_mpmath("400 digits")
    pairs = {"chosen": log_probs(6, seed=1), "rejected": log_probs(6, seed=2)}
    whole = {**pairs, "referenceChosen": log_probs(6, seed=3), "referenceRejected": log_probs(6, seed=4)}
    answers = {"labels": np.array([1, 0, 0, 1, 1, 0]), "policy": pairs["chosen"], "reference": pairs["rejected"]}
    two = ["chosen", "rejected"]
    texts = {"dpo": f"{SMOOTH}, {H}", "cpo": f"{SMOOTH}, h = β (chosen - rejected)",
             "simPo": f"{SMOOTH}, h = β (chosen - rejected) - γ",
             "orpo": "-β log σ(log o(chosen) - log o(rejected)), log o(x) = x - log(1 - e^x)",
             "kto": "σ(-h) or σ(h), h = β (policy - reference - kl)"}
    for loss, text in texts.items():
        data = {"dpo": whole, "kto": answers}.get(loss, pairs)
        wrt = ["policy"] if loss == "kto" else two
        for reduction in ("none", "perExample", "weightedMean", "meanOverNonzeroWeights"):
            one(f"mask, weights, {reduction}", text, loss, {"mask": MASK, "weights": weights(6)}, reduction,
                wrt=[*wrt, "weights"], **data)
        one("all masked", text, loss, {"mask": [False] * 6}, "mean", wrt=wrt, **data)
        one("one example", text, loss, wrt=wrt, **{name: array[:1] for name, array in data.items()})
    one("labelSmoothing 0.125", texts["dpo"], "dpo", {"labelSmoothing": 0.125}, wrt=two, **whole)
    one("labelSmoothing 1", texts["cpo"], "cpo", {"labelSmoothing": 1}, wrt=two, **pairs)
    for beta in (0.1, 0.5):
        one(f"hinge, beta {beta}", "max(0, 1 - β (chosen - rejected))", "cpo",
            {"objective": "hinge", "beta": beta}, **pairs)
    one("kl of one, weights of both", texts["kto"], "kto", {"kl": [0.5], "desirableWeight": 0.5,
        "undesirableWeight": 1.25}, wrt=["policy"], **answers)
    one("agreement", texts["kto"], "kto", {"beta": 4}, wrt=["policy"], labels=np.array([1, 0, 1]),
        policy=rounded([-3, -3.0000002, -1e-30]), reference=rounded([-3, -3, 0]))
    ipo = "(a - b - 1 / 2β)², divided by lengths"
    lengths = {"chosenLengths": [3, 4, 2, 8, 5, 1], "rejectedLengths": [7, 1, 2, 4, 3, 6]}
    for title, options in [("ipo", {}), ("ipo, beta 0.5", {"beta": 0.5}), ("ipo, lengths", lengths)]:
        one(title, ipo, "dpo", {"objective": "ipo", **options}, wrt=two, **whole)
    # Where σ(h) is nearly 1 - ε, and far from it.
    near = np.array([1, 1 + 2**-12, 1 - 2**-20, 0, 40, -40]) * np.log(7)
    zeros = np.zeros(6)
    one("exoPair, near and far", "σ(h) log(σ(h) / (1 - ε)) + σ(-h) log(σ(-h) / ε)", "dpo",
        {"objective": "exoPair", "labelSmoothing": 0.125, "beta": 1}, wrt=two, chosen=zeros - 300,
        rejected=rounded(-300 - near), referenceChosen=zeros, referenceRejected=zeros)
    one("discopop, far", "(1 - m) log(1 + e^-h) + m e^-h, m = σ(h / τ)", "dpo", {"objective": "discopop"},
        wrt=two, chosen=rounded([-1000, -1e-3, -2, -2, -500]), rejected=rounded([-1, -1000, -2, -2.5, -3]),
        referenceChosen=[-4, -4, -2, -2, -4], referenceRejected=[-4, -4, -2, -2, -4])
    orpo(one, texts["orpo"])
    grpo(one)
    return golden


def orpo(one, text):
    one("near certainty", text, "orpo", {"beta": 1}, chosen=rounded([-1e-8, -1e-20, -1e-3, -2e-8]),
        rejected=rounded([-2e-8, -1, -1e-20, -1e-20]))
    one("equal, nearly", text, "orpo", {"beta": 1}, chosen=rounded([-0.7, -20, -1e-6, -1000]),
        rejected=rounded([-0.7000002, -20, -1.000001e-6, -1000]))
    one("far", text, "orpo", {"beta": 1}, chosen=rounded([-1000, -1e-7, -88, -1000, -104]),
        rejected=rounded([-1e-7, -1000, -0.5, -990, -103]))
    one("certain", text, "orpo", {"beta": 1}, no_differences=True, chosen=rounded([-1, 0]),
        rejected=rounded([0, -1]))


def grpo(one):
    tokens = {"advantages": np.array([1.5, -0.75, 0, -2]), "logProbs": log_probs(4, 5, seed=5)}
    tokens["oldLogProbs"] = np.minimum(tokens["logProbs"] + logits(4, 5, seed=6) / 8, -0.0625)
    reference = np.minimum(tokens["logProbs"] + logits(4, 5, seed=7) / 8, 0)
    mask = np.arange(5) < np.array([[5], [3], [0], [4]])
    text = "-min(r A, clip(r, 1 - ε, 1 + ε') A) + β (e^k - k - 1)"
    trained = ["logProbs"]
    for reduction in ("none", "perExample", "mean", "weightedMean"):
        one(f"mask, weights [4], {reduction}", text, "grpo", {"mask": mask, "weights": weights(4)}, reduction,
            wrt=[*trained, "weights"], **tokens)
    one("all masked", text, "grpo", {"mask": mask & False}, "mean", wrt=trained, **tokens)
    one("one token", text, "grpo", wrt=trained, advantages=[2.0], logProbs=[[-1.0]], oldLogProbs=[[-1.0625]])
    for objective in ("clip", "sapo"):
        one(f"{objective}, sequence, reference, mask", text, "grpo", {
            "objective": objective, "importance": "sequence", "mask": mask, "beta": 0.5,
            "referenceLogProbs": reference}, "perExample", wrt=trained, **tokens)
    one("cispo, sequence", "-min(r, ε') A log p, with r held constant", "grpo",
        {"objective": "cispo", "importance": "sequence", "mask": mask}, wrt=trained, no_differences=True,
        **tokens)
    one("near the reference", text, "grpo", {"beta": 1, "referenceLogProbs": rounded([[-1, -1, -1, -1, -50]])},
        wrt=trained, advantages=[0.0], logProbs=rounded([[-1, -1.0000001, -1.001, -1.5, -1000 / 16]]),
        oldLogProbs=rounded([[-1, -1, -1, -1, -60]]))
    one("far", text, "grpo", wrt=trained, advantages=[2.0, -2.0], logProbs=rounded([[-1e-7, -1000], [-1e-7, -1000]]),
        oldLogProbs=rounded([[-1000, -1e-7], [-1e-7, -1e-7]]))
    one("sapo, near", "-4 / τ σ(τ (r - 1)) A", "grpo", {"objective": "sapo"}, wrt=trained, advantages=[1.0, -1.0],
        logProbs=rounded([[-1, -1.0000001, -1.001], [-1, -1.0000001, -90]]),
        oldLogProbs=rounded([[-1, -1, -1], [-1, -1, -1]]))
