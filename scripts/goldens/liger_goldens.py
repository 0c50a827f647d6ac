"""Liger Kernel: the plain functions inside its losses of preferences, in float64.

They give a sum divided by the number of pairs, of which they are told by the shape of a target.
"""

import numpy as np
import torch
from liger_kernel.chunked_loss.cpo_loss import LigerFusedLinearCPOFunction
from liger_kernel.chunked_loss.dpo_loss import LigerFusedLinearDPOFunction
from liger_kernel.chunked_loss.grpo_loss import LigerFusedLinearGRPOFunction
from liger_kernel.chunked_loss.kto_loss import LigerFusedLinearKTOFunction
from liger_kernel.chunked_loss.orpo_loss import LigerFusedLinearORPOFunction
from liger_kernel.chunked_loss.simpo_loss import LigerFusedLinearSimPOFunction

from goldens import Goldens, binary, logits, rounded, torch_engine

FUNCTIONS = {function.__name__: function for function in (
    LigerFusedLinearCPOFunction, LigerFusedLinearDPOFunction, LigerFusedLinearGRPOFunction,
    LigerFusedLinearKTOFunction, LigerFusedLinearORPOFunction, LigerFusedLinearSimPOFunction)}

FULL = "torch.empty(2 * len(chosen))"
DPO = "LigerFusedLinearDPOFunction.preference_loss_fn(chosen, rejected, " + FULL + \
    ", referenceChosen, referenceRejected{})[0]"
PAIR = "LigerFusedLinear{}Function.preference_loss_fn(chosen, rejected, " + FULL + "{})[0]"
KTO = "LigerFusedLinearKTOFunction.preference_loss_fn(policy, labels == 1, labels, reference{})[0]"
GRPO = "LigerFusedLinearGRPOFunction.ppo_loss_fn(logProbs, {0}, advantages, {0}, " \
    "old_per_token_logps=oldLogProbs, {1})[0]"
ALL = "torch.ones_like(logProbs)"

# Where log-probabilities are far from 0, far from each other, and where policy and reference agree.
EDGES = {"chosen": rounded([-1e-7, -1000, -1000, -88, -4, -1e4]),
         "rejected": rounded([-1000, -1e-7, -1000, -4, -88, -1e-3]),
         "referenceChosen": rounded([-1e-3, -1000, -990, -88, -5, -1e4]),
         "referenceRejected": rounded([-1000, -1e-3, -1000, -5, -88, -1])}

SNAKE = {"exoPair": "exo_pair", "ncaPair": "nca_pair", "bcoPair": "bco_pair", "sppoHard": "sppo_hard",
         "apoZero": "apo_zero", "apoDown": "apo_down"}
PYTHON = {"labelSmoothing": "label_smoothing", "tau": "discopop_tau", "objective": "loss_type"}


def log_probs(*shape, seed):
    return -np.abs(logits(*shape, seed=seed, scale=4)) - 0.125


def arguments(options):
    """Options as the functions take them."""
    return "".join(f", {PYTHON.get(name, name)}={SNAKE.get(value, value)!r}"
                   for name, value in options.items())


def make():
    golden = Goldens("liger", torch_engine(FUNCTIONS), ["liger-kernel", "torch"],
                     note="CPU, float64; the functions inside the losses that take hidden states")

    def one(loss, title, call, options={}, wrt=("chosen", "rejected"), reduction="mean", **rest):
        golden(f"{loss} {title}", call, loss, {**options, "reduction": reduction}, wrt=list(wrt), **rest)

    pairs = {"chosen": log_probs(6, seed=1), "rejected": log_probs(6, seed=2)}
    near = {"referenceChosen": pairs["chosen"] - logits(6, seed=3) / 4 - 2,
            "referenceRejected": pairs["rejected"] - logits(6, seed=4) / 4 - 2}
    several = [("", pairs | near), (", at the edges", EDGES)]
    for where, data in several:
        for objective in ("sigmoid", "hinge", "ncaPair", "bcoPair", "sppoHard", "apoZero", "apoDown"):
            for beta in ({}, {"beta": 0.5}):
                options = {"objective": objective, **beta}
                one("dpo", objective + arguments(beta) + where, DPO.format(arguments(options)), options, **data)
        for objective, more in [("robust", {"labelSmoothing": 0.125}), ("robust", {"labelSmoothing": 0}),
                                ("robust", {"labelSmoothing": 0.4375, "beta": 0.5})]:
            options = {"objective": objective, **more}
            one("dpo", objective + arguments(more) + where, DPO.format(arguments(options)), options, **data)
        # The smoothing is made a float32 there.
        for more in ({"labelSmoothing": 0.125}, {"labelSmoothing": 0.0009765625, "beta": 0.5}):
            options = {"objective": "exoPair", **more}
            one("dpo", "exoPair" + arguments(more) + where, DPO.format(arguments(options)), options,
                tolerance=1e-6, **data)
        for loss, name, several_options in [
            ("cpo", "CPO", ({}, {"beta": 0.5}, {"labelSmoothing": 0.125})),
            ("simPo", "SimPO", ({"beta": 0.1, "gamma": 0.5}, {"beta": 2, "gamma": 1},
                                {"beta": 2.5, "gamma": 0, "labelSmoothing": 0.125})),
            ("orpo", "ORPO", ({}, {"beta": 1})),
        ]:
            for options in several_options:
                if loss == "orpo" and where:
                    continue
                one(loss, (arguments(options)[2:] or "default") + where, PAIR.format(name, arguments(options)),
                    options, **{key: data[key] for key in ("chosen", "rejected")})
    for more in ({"beta": 0.1}, {"beta": 0.5, "tau": 0.5}):
        options = {"objective": "discopop", **more}
        one("dpo", "discopop" + arguments(more), DPO.format(arguments(options)), options, **pairs, **near)
    one("dpo", "one pair", DPO.format(""), chosen=[-4.0], rejected=[-6.0], referenceChosen=[-5.0],
        referenceRejected=[-5.5])

    answers = {"labels": binary(6, seed=1).astype(int), "policy": pairs["chosen"],
               "reference": near["referenceChosen"]}
    for where, data in [("", answers), (", at the edges", {
            "labels": np.array([1, 0, 1, 0, 1, 0]), "policy": EDGES["chosen"], "reference": EDGES["rejected"]})]:
        for options in ({}, {"beta": 0.5}, {"kl": 1.5}, {"kl": 0.25, "beta": 2}):
            one("kto", (arguments(options)[2:] or "default") + where, KTO.format(arguments(options)), options,
                ("policy",), **data)
    one("kto", "all desirable", KTO.format(""), wrt=("policy",), labels=np.ones(6, int),
        policy=answers["policy"], reference=answers["reference"])
    grpo(one)
    return golden


def grpo(one):
    tokens = {"advantages": np.array([1.5, -0.75, 0.25, -2]), "logProbs": log_probs(4, 5, seed=5)}
    tokens["oldLogProbs"] = np.minimum(tokens["logProbs"] + logits(4, 5, seed=6) / 8, -0.0625)
    reference = np.minimum(tokens["logProbs"] + logits(4, 5, seed=7) / 8, 0)
    mask = np.arange(5) < np.array([[5], [3], [1], [4]])

    def case(title, call, options={}, places=ALL, **data):
        one("grpo", title, GRPO.format(places, call), options, ("logProbs",), **{**tokens, **data})

    plain = "beta=0.0, loss_type='bnpo'"
    case("clip", plain)
    case("mask", plain, {"mask": mask}, "mask")
    case("clipRange 0.5", plain + ", epsilon_low=0.5, epsilon_high=0.5", {"clipRange": 0.5})
    case("clipRangeHigh 0.28", plain + ", epsilon_high=0.28", {"clipRangeHigh": 0.28})
    for delta in (1.5, 0.5, 1.1):
        case(f"delta {delta}", plain + f", delta={delta}", {"delta": delta})
    case("sequence", plain + ", importance_sampling_level='sequence'", {"importance": "sequence"})
    case("sequence, delta", plain + ", importance_sampling_level='sequence', delta=1.25",
         {"importance": "sequence", "delta": 1.25})
    of_reference = {"beta": 0.04, "referenceLogProbs": reference}
    case("reference", "ref_per_token_logps=reference_log_probs, beta=0.04, loss_type='bnpo'", of_reference)
    case("reference, mask", "ref_per_token_logps=reference_log_probs, beta=0.04, loss_type='bnpo'",
         {**of_reference, "mask": mask}, "mask")
    case("on policy", plain, oldLogProbs=tokens["logProbs"])
    cispo = "beta=0.0, loss_type='cispo', epsilon_high="
    case("cispo", cispo + "5.0", {"objective": "cispo"})
    case("cispo, clipRangeHigh 1.25", cispo + "1.25", {"objective": "cispo", "clipRangeHigh": 1.25})
    case("cispo, mask", cispo + "1.25", {"objective": "cispo", "clipRangeHigh": 1.25, "mask": mask}, "mask")
    sapo = "beta=0.0, loss_type='sapo'"
    case("sapo", sapo, {"objective": "sapo"})
    case("sapo, temperatures", sapo + ", sapo_temperature_pos=0.5, sapo_temperature_neg=2.0",
         {"objective": "sapo", "temperaturePositive": 0.5, "temperatureNegative": 2})
    case("sapo, far", sapo, {"objective": "sapo"}, advantages=[1.0, -1.0],
         logProbs=rounded([[-1e-7, -1000], [-1e-7, -1000]]), oldLogProbs=rounded([[-8, -990], [-8, -1e-7]]))
    case("no tokens of one answer", "beta=0.0, loss_type='bnpo', importance_sampling_level='sequence'",
         {"importance": "sequence", "mask": mask & (np.arange(4) != 1)[:, None]}, "mask")
