"""PyTorch on a CUDA device: value and gradient of the cases of cases.ts that `npm run bench:gpu` runs.

    python3 bench/torch_cuda.py [--compile]

Prints the milliseconds of a call whose value is read, as the benchmark reads it, and of one of many in a row.
"""

import sys
import time

try:
    import torch
    import torch.nn.functional as F
except ImportError:
    sys.exit("PyTorch is not installed here: pip install torch")
if not torch.cuda.is_available():
    print("PyTorch sees no CUDA device here: nothing to compare with.")
    sys.exit(0)

torch.set_default_device("cuda")
torch.manual_seed(1)


def normal(*shape):
    return torch.randn(*shape)


def coins(*shape):
    return (torch.rand(*shape) > 0.5).float()


def distributions(*shape):
    return torch.softmax(normal(*shape), -1)


def focal(logits, labels):
    surprise = F.binary_cross_entropy_with_logits(logits, labels, reduction="none")
    p = torch.sigmoid(logits)
    missing = labels * (1 - p) + (1 - labels) * p
    return (missing.square() * surprise).mean()


def dice(predictions, labels):
    overlap = (labels * predictions).sum((1, 2)) + 1e-5
    sizes = 0.5 * (labels.sum((1, 2)) + predictions.sum((1, 2))) + 1e-5
    return (1 - overlap / sizes).mean()


MILLION = (1000, 1000)
IMAGES = (8, 128, 128, 4)
cases = {}
for rows, classes in ((1024, 10), (256, 1000), (64, 50257), (32, 128256)):
    labels = torch.randint(0, classes, (rows,))
    shares = distributions(rows, classes)
    cases[f"sparse softmax CE [{rows},{classes}]"] = (
        lambda logits, labels=labels: F.cross_entropy(logits, labels), [normal(rows, classes)])
    cases[f"dense softmax CE [{rows},{classes}]"] = (
        lambda logits, shares=shares: F.cross_entropy(logits, shares), [normal(rows, classes)])
flips, numbers, targets = coins(*MILLION), normal(*MILLION), distributions(256, 1000)
masks, words = coins(*IMAGES), torch.randint(0, 32000, (512,))
cases["sigmoid CE 1e6"] = lambda x: F.binary_cross_entropy_with_logits(x, flips), [normal(*MILLION)]
cases["focal 1e6"] = lambda x: focal(x, flips), [normal(*MILLION)]
cases["mean squared error 1e6"] = lambda x: F.mse_loss(x, numbers), [normal(*MILLION)]
cases["Huber 1e6"] = lambda x: F.huber_loss(x, numbers), [normal(*MILLION)]
cases["KL divergence [256,1000]"] = (
    lambda p: F.kl_div(p.log(), targets, reduction="batchmean"), [distributions(256, 1000)])
cases["dice [8,128,128,4]"] = lambda p: dice(p, masks), [torch.rand(*IMAGES)]
cases["linear CE N512 V32000 D64"] = (
    lambda hidden, weight: F.cross_entropy(hidden @ weight.T, words), [normal(512, 64) / 8, normal(32000, 64)])


def milliseconds(loss, leaves):
    """Of a call that is waited for, and of one among fifty that are not."""
    leaves = [leaf.clone().requires_grad_(True) for leaf in leaves]

    def step():
        value = loss(*leaves)
        torch.autograd.grad(value, leaves)
        return value

    def timed(count, wait):
        start = time.perf_counter()
        for _ in range(count):
            value = step()
            if wait:
                value.item()
                torch.cuda.synchronize()
        value.item()
        torch.cuda.synchronize()
        return (time.perf_counter() - start) / count * 1e3

    timed(10, True)
    return [sorted(timed(50, wait) for _ in range(7))[3] for wait in (True, False)]


compiles = "--compile" in sys.argv[1:]
print(f"PyTorch {torch.__version__} on {torch.cuda.get_device_name()}, ms: waited for, in a row")
for name, (loss, leaves) in cases.items():
    ways = [("", loss)] + ([(", compiled", torch.compile(loss))] if compiles else [])
    for way, f in ways:
        waited, in_a_row = milliseconds(f, leaves)
        print(f"{name + way:45} {waited:9.4f} {in_a_row:9.4f}", flush=True)
