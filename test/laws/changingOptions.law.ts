import { div, getBackend, square, sub, type Tensor } from '@tensorflow/tfjs';
import type { Kind } from '../../src/definition/kinds.js';
import { positive } from '../../src/definition/kinds.js';
import { ofInputs } from '../support/asFunction.js';
import { gradientsAt } from '../support/derivatives.js';
import { callWith, defaultsOf, toTensor } from '../support/draw.js';
import { assertClose, byFormula, compute, law, shareOf, variant } from '../support/law.js';
import { lossNamed, type AnyLoss, type Options } from '../support/losses.js';
import { precision } from '../support/precision.js';

/** Options whose numbers a formula looks at: others make another formula. */
const exempt: Readonly<Record<string, string>> = {
  'robust alpha': 'the families between special numbers have formulas of their own',
  'tweedieDeviance power': 'the families between special numbers have formulas of their own',
  'tripletMargin p': 'whole numbers have formulas of their own',
  'arcFace margin': 'its sine and cosine are numbers',
  'linearCrossentropy labelSmoothing': 'takes rows in chunks, by kernels of its own',
  'linearCrossentropy softcap': 'takes rows in chunks, by kernels of its own',
  'linearCrossentropy zLoss': 'takes rows in chunks, by kernels of its own',
};

/** Four numbers have kernels of their own, and all others the same. */
const kept = 4;
const count = 10;

/** Numbers, none of them whole or half, that an option takes. */
function numbersOf(kind: Kind<unknown>): readonly number[] {
  const start = [0.3137, 1.3137, 0.0137, -0.6137, 10.137].find((x) => kind.accepts(x));
  return start === undefined
    ? []
    : Array.from({ length: count }, (_, i) => start * (1 + 0.013 * i)).filter((x) => kind.accepts(x));
}

/** What some options want beside them. */
const beside: readonly Options[] = [
  {},
  { fromLogits: true },
  { predictionFormat: 'logits' },
  { logInput: true },
  { referenceLogProbs: [-1] },
  { predictionFormat: 'logits', labelFormat: 'logits' },
  { sampledIndices: [0, 2], sampledCounts: [0.5, 1], labelCounts: 0.5 },
];

/** How many WebAssembly modules are compiled. */
function compiledIn(f: () => void): number {
  const { Module } = WebAssembly;
  let modules = 0;
  WebAssembly.Module = class extends Module {
    constructor(code: BufferSource) {
      super(code);
      modules++;
    }
  };
  try {
    f();
  } finally {
    WebAssembly.Module = Module;
  }
  return modules;
}

function check(loss: AnyLoss): void {
  for (const [name, [, kind]] of shareOf(Object.entries(loss.definition.options), loss.name.length)) {
    const numbers = numbersOf(kind);
    if (numbers.length === 0 || `${loss.name} ${name}` in exempt) continue;
    const defaults = defaultsOf(loss);
    const others = beside.find(
      (given) =>
        Object.keys(given).every((option) => option in defaults) &&
        !loss.definition.check?.({ ...defaults, ...given, [name]: numbers[0] }),
    );
    if (!others) throw new Error(`no options go with ${name}`);
    // Kernels of what does not depend on the option are there before.
    outcomeOf(loss, others)();
    const run = (value: number): void => compare(loss, { ...others, [name]: value }, `${name}: ${value}`);
    numbers.slice(0, kept + 1).forEach(run);
    const later = numbers.slice(kept + 1);
    const modules = compiledIn(() => later.forEach(run));
    if (modules > 0)
      throw new Error(`${modules} kernels were compiled for ${later.length} more numbers of ${name}, expected none`);
  }
}

/** The value and the derivatives of a call with these options. */
function outcomeOf(loss: AnyLoss, given: Options): () => number[][] {
  const { inputs, options } = callWith(loss, { leading: [6], classes: 3, seed: 2, options: given });
  const { f, at } = ofInputs(loss, inputs, { ...options, reduction: 'mean' });
  return () => [compute(() => f(at.map(toTensor))), ...gradientsAt(f, at)];
}

function compare(loss: AnyLoss, given: Options, what: string): void {
  const outcome = outcomeOf(loss, given);
  const expected = byFormula(outcome);
  outcome().forEach((found, i) => {
    assertClose(found, expected[i] as number[], precision(), `with ${what} output ${i}`);
  });
}

export const changingOptions = law({
  title: 'an option that changes from step to step gives what the formula gives, by a few kernels',
  // A GPU in software takes its time to compile.
  needs: 'host',
  check,
  mutants: [
    {
      bug: 'an option that is divided by in JavaScript',
      complaint: /\d kernels were compiled for 5 more numbers of beta/,
      loss: () => squaresOver((beta, x) => div(x, 0.5 / beta)),
    },
    {
      bug: 'an option that is taken for what it was',
      complaint: /with beta: .* output 0/,
      loss: () => squaresOver((beta, x) => div(x, isTraced() ? 0.5 : beta)),
    },
  ],
});

const isTraced = (): boolean => getBackend().startsWith('losses-trace');

/** Squared errors, with an option. */
const squaresOver = (by: (beta: number, x: Tensor) => Tensor): AnyLoss =>
  variant(lossNamed('smoothL1'), {
    options: { beta: [1, positive] },
    formula: ({ labels, predictions }, { beta }) =>
      by(beta as number, square(sub(predictions as Tensor, labels as Tensor))),
  });
