import { getBackend, type Tensor } from '@tensorflow/tfjs-core';
import type { Kernels } from '../../call/kernelSlots.js';
import { memoryFor } from '../backends/wasm/copied.js';
import { type Instance, instanceFor, isAvailable } from '../backends/wasm/instance.js';
import { type Block, Layout, Matrices, type Place, upTo } from '../backends/wasm/matrices.js';
import { TILE } from '../backends/wasm/products.js';
import { rowLossesProgram } from '../fused/rows.js';
import type { Program } from '../program/program.js';
import { areHostKernelsOn, hostKernelInto, type HostKernel, type NumberArray, type Numbers } from './hostKernel.js';

/*
 * Losses of logits hidden·weightᵀ + bias, and their derivatives, in a memory that holds the logits of some rows only. The
 * weight goes through it some classes at a time, so that these and what they are multiplied by stay in the processor's cache.
 * The bias is one more column of the weight, and hidden has one more column of ones.
 */

interface Attributes {
  readonly program: Program;
  readonly plan: Plan;
  readonly hasClassWeights: boolean;
  readonly hasFactors: boolean;
}

/** The losses of rows of logits and, with factors, derivatives; null where there is no kernel. TensorFlow's products are faster. */
export const linearLosses: Kernels['linear'] = (owner, losses, labels, layer, factors) => {
  const { hidden, weight, bias, isTransposed, chunkSize } = layer;
  if (!areHostKernelsOn() || getBackend() === 'tensorflow' || hidden.size === 0 || weight.size === 0) return null;
  const [rows = 0, features = 0] = hidden.shape;
  const classes = weight.size / features;
  const program = rowLossesProgram(owner, losses, [rows, classes], factors !== null);
  const memory = isAvailable() ? memoryFor(0) : null;
  const instance = program && memory && ofChunks(memory, program, chunkSize, classes);
  if (!program || !instance) return null;
  const plan = planOf(
    { rows, features, classes, isTransposed, hasBias: bias !== null, chunkSize },
    instance.scratchRows,
  );
  if (!Matrices.of(plan.bytes)) return null;
  const { classWeights } = losses;
  const given = [labels, hidden, weight, ...[bias, classWeights, factors].filter((x) => x !== null)];
  const has = { hasClassWeights: classWeights !== null, hasFactors: factors !== null };
  const [found, ofHidden, ofWeight, ofBias] = lossesInChunks(given, { program, plan, ...has });
  return {
    losses: found as Tensor,
    gradients: {
      ...(ofHidden && ofWeight ? { hidden: ofHidden, weight: ofWeight } : {}),
      ...(ofBias ? { bias: ofBias } : {}),
    },
  };
};

interface Sizes {
  readonly rows: number;
  readonly features: number;
  readonly classes: number;
  readonly hasBias: boolean;
  readonly isTransposed: boolean;
  readonly chunkSize: number;
}

/** What lies where in the memory. */
interface Plan extends Sizes {
  /** Features, with one more for a bias. */
  readonly inner: number;
  /** Rows of logits at a time. */
  readonly height: number;
  /** Classes of the weight at a time. */
  readonly width: number;
  readonly labels: number;
  readonly factors: number;
  readonly classWeights: number;
  readonly losses: number;
  readonly scratch: readonly number[];
  /** All classes are in the memory at a time, so that blocks are all of the logits and of their derivatives. */
  readonly isWhole: boolean;
  /** [height, classes]: logits; where they are not whole, then their derivatives. */
  readonly logits: Place;
  /** [height, classes], or one row after another in the same place. */
  readonly ofLogits: Place;
  /** [height, inner]. */
  readonly hidden: Place;
  readonly ofHidden: Place;
  /** [width, inner]. */
  readonly weight: Place;
  /** [inner, width]. */
  readonly transposed: Place;
  /** Of the weight as it is given. */
  readonly ofWeight: Place;
  /** [height, width]: the logits of these classes, then their derivatives. */
  readonly block: Place;
  readonly bytes: number;
}

/** About so many numbers of the weight are in the memory at a time, of at least and at most so many classes. */
const [BLOCK, FEWEST, MOST] = [2 ** 16, 32, 256];

function planOf(sizes: Sizes, scratchRows: number): Plan {
  const { rows, features, classes, isTransposed, hasBias, chunkSize } = sizes;
  const height = Math.min(rows, chunkSize);
  const inner = features + (hasBias ? 1 : 0);
  const few = Math.min(MOST, Math.max(FEWEST, BLOCK / inner), classes);
  const width = upTo(TILE.columns, Math.ceil(few));
  const isWhole = classes <= width;
  const layout = new Layout();
  const whole = (): Place => layout.matrix(height, classes);
  const block = isWhole ? whole() : layout.readByColumns(height, width);
  return {
    ...sizes,
    inner,
    height,
    width,
    labels: layout.numbers(height),
    factors: layout.numbers(height),
    classWeights: layout.numbers(classes),
    losses: layout.numbers(height),
    scratch: Array.from({ length: scratchRows }, () => layout.numbers(classes)),
    isWhole,
    logits: isWhole ? block : { at: layout.numbers(height * classes), between: classes },
    ofLogits: isWhole ? whole() : { at: layout.numbers(classes), between: 0 },
    hidden: layout.matrix(height, inner),
    ofHidden: layout.matrix(height, inner),
    weight: layout.matrix(width, inner),
    transposed: layout.readByColumns(inner, width),
    ofWeight: isTransposed ? layout.matrix(inner, width) : layout.matrix(width, inner),
    block,
    bytes: layout.bytes,
  };
}

/** Losses, and with factors derivatives for hidden, weight and bias. */
const lossesInChunks: HostKernel<Attributes> = /* @__PURE__ */ hostKernelInto(
  'LinearLosses',
  ([labels, hidden, weight], { plan, hasFactors }) => {
    const shape = weight?.shape ?? [];
    return [
      [...(labels?.shape ?? [])],
      ...(hasFactors ? [[...(hidden?.shape ?? [])], [...shape]] : []),
      ...(hasFactors && plan.hasBias ? [[plan.classes]] : []),
    ];
  },
  (inputs, { program, plan, hasClassWeights, hasFactors }, results) => {
    const [labels, hidden, weight, ...others] = inputs as [Numbers, Numbers, Numbers, ...Numbers[]];
    const { chunkSize, classes, hasBias } = plan;
    const instance = ofChunks(memoryFor(0) as WebAssembly.Memory, program, chunkSize, classes) as Instance;
    const matrices = Matrices.of(plan.bytes);
    if (!matrices) throw new Error('no memory is left for a chunk of logits');
    const given = {
      labels: labels.values,
      hidden: hidden.values,
      weight: weight.values,
      bias: hasBias ? others[0]?.values : undefined,
      classWeights: hasClassWeights ? others[hasBias ? 1 : 0]?.values : undefined,
      factors: hasFactors ? others.at(-1)?.values : undefined,
    };
    const [losses, ofHidden = none, ofWeight = none, ofBias = none] = results as [Float32Array];
    new Chunks(plan, given, { losses, hidden: ofHidden, weight: ofWeight, bias: ofBias }, instance.run, matrices).run();
  },
);

/** The program of the rows of a chunk of logits, ready to run. */
const ofChunks = (memory: WebAssembly.Memory, program: Program, rows: number, columns: number): Instance | null =>
  instanceFor(memory, { program, rows, columns, isElementwise: false, groups: null });

const none = /* @__PURE__ */ new Float32Array();

interface Given {
  readonly labels: NumberArray;
  readonly hidden: NumberArray;
  readonly weight: NumberArray;
  readonly bias: NumberArray | undefined;
  readonly classWeights: NumberArray | undefined;
  readonly factors: NumberArray | undefined;
}

type Results = Readonly<Record<'losses' | 'hidden' | 'weight' | 'bias', Float32Array>>;

/** Places in the memory of one number each, of so many. */
const one = (at: number, i: number): number => at + 4 * i;

const shifted = ({ at, between }: Place, columns: number, rows = 0): Place => ({
  at: at + 4 * (columns + rows * between),
  between,
});

class Chunks {
  constructor(
    private readonly plan: Plan,
    private readonly given: Given,
    private readonly results: Results,
    private readonly lossesOf: Instance['run'],
    private readonly matrices: Matrices,
  ) {}

  run(): void {
    const { rows, height, classes, width } = this.plan;
    if (this.given.classWeights) this.readNumbers(this.given.classWeights, this.plan.classWeights);
    for (let first = 0; first < rows; first += height) {
      const count = Math.min(height, rows - first);
      this.readRows(first, count);
      for (let from = 0; from < classes; from += width) this.makeLogits(from, Math.min(width, classes - from), count);
      this.makeLosses(first, count);
      if (!this.given.factors) continue;
      this.matrices.clear(this.plan.ofHidden, count);
      for (let from = 0; from < classes; from += width) {
        this.addGradients(from, Math.min(width, classes - from), count, first === 0);
      }
      this.matrices.write(this.plan.ofHidden, { ...this.ofRows(first, count), values: this.results.hidden });
    }
  }

  private readRows(first: number, count: number): void {
    const { plan, given, matrices } = this;
    const { features, hidden, labels, factors } = plan;
    matrices.read({ ...this.ofRows(first, count), values: given.hidden }, hidden);
    if (given.bias) matrices.fillColumn(shifted(hidden, features), count, 1);
    matrices.readIntegers(given.labels.subarray(first, first + count), labels);
    if (given.factors) this.readNumbers(given.factors.subarray(first, first + count), factors);
  }

  private readNumbers(values: NumberArray, at: number): void {
    this.matrices.read(rowOf(values, 0, values.length), { at, between: values.length });
  }

  /** Where some rows of hidden, or of its derivatives, lie. */
  private ofRows(first: number, rows: number): Omit<Block, 'values'> {
    const { features } = this.plan;
    return { from: first * features, between: features, rows, columns: features };
  }

  /** The logits of some classes. */
  private makeLogits(from: number, wide: number, count: number): void {
    const { inner, hidden, transposed, block, logits, isWhole } = this.plan;
    this.readWeight(from, wide, 'transposed');
    this.matrices.clear(block, count);
    this.matrices.multiply(hidden, transposed, block, { rows: count, inner, columns: wide });
    if (!isWhole) this.matrices.move(block, shifted(logits, from), count, wide);
  }

  /** The losses of whole rows of logits and, with factors, derivatives. */
  private makeLosses(first: number, count: number): void {
    const { labels, logits, ofLogits, classWeights, factors, losses, scratch, classes, isWhole } = this.plan;
    const ofClasses = this.given.classWeights ? [classWeights] : [];
    const hasFactors = this.given.factors !== undefined;
    // Derivatives are written elsewhere than logits lie, because the logit of the label is read at the end.
    const atOnce = isWhole && logits.between === classes ? count : 1;
    for (let i = 0; i < count; i += atOnce) {
      const own = shifted(logits, 0, i);
      const ofOwn = shifted(ofLogits, 0, i);
      const given = [one(labels, i), own.at, ...ofClasses, ...(hasFactors ? [one(factors, i)] : [])];
      const written = [one(losses, i), ...(hasFactors ? [ofOwn.at] : [])];
      this.lossesOf(1, atOnce, 4 * classes, ...given, ...written, ...scratch);
      if (hasFactors && !isWhole) this.matrices.move(ofOwn, own, 1, classes);
    }
    const all = { values: this.results.losses, from: first, between: count, rows: 1, columns: count };
    this.matrices.write({ at: losses, between: count }, all);
  }

  /** What the derivatives of some logits add to those of hidden and weight. */
  private addGradients(from: number, wide: number, count: number, areFirst: boolean): void {
    const { inner, hidden, ofHidden, weight, ofWeight, logits, isTransposed, isWhole } = this.plan;
    const { matrices } = this;
    const own = isWhole ? this.plan.ofLogits : this.plan.block;
    this.readWeight(from, wide, 'weight');
    if (!isWhole) matrices.move(shifted(logits, from), own, count, wide);
    matrices.multiply(own, weight, ofHidden, { rows: count, inner: wide, columns: inner });
    const [left, right, rows, columns] = isTransposed ? [hidden, own, inner, wide] : [own, hidden, wide, inner];
    if (areFirst) matrices.clear(ofWeight, rows);
    else this.eachOfWeight(from, wide, (part, place) => matrices.read(part, place));
    matrices.multiply({ ...left, isTransposed: true }, right, ofWeight, { rows, inner: count, columns });
    this.eachOfWeight(from, wide, (part, place) => matrices.write(place, part));
  }

  /** Some classes of the weight, with the bias, as it is multiplied by hidden or by derivatives of logits. */
  private readWeight(from: number, wide: number, as: 'weight' | 'transposed'): void {
    const { features, inner, weight, transposed, isTransposed } = this.plan;
    const { bias } = this.given;
    const place = isTransposed ? transposed : weight;
    this.matrices.read({ ...this.ofClasses(from, wide), values: this.given.weight }, place);
    if (bias && isTransposed) this.matrices.read(rowOf(bias, from, wide), shifted(place, 0, features));
    if (bias && !isTransposed) this.matrices.read(columnOf(bias, from, wide), shifted(place, features));
    if (isTransposed && as === 'weight') this.matrices.transpose(transposed, weight, inner, wide);
    if (!isTransposed && as === 'transposed') this.matrices.transpose(weight, transposed, wide, inner);
  }

  /** The derivatives for some classes of the weight and their bias, outside and in the memory. */
  private eachOfWeight(from: number, wide: number, move: (part: Block<Float32Array>, place: Place) => void): void {
    const { features, ofWeight, isTransposed } = this.plan;
    move({ ...this.ofClasses(from, wide), values: this.results.weight }, ofWeight);
    if (!this.given.bias) return;
    const values = this.results.bias;
    if (isTransposed) move(rowOf(values, from, wide), shifted(ofWeight, 0, features));
    else move(columnOf(values, from, wide), shifted(ofWeight, features));
  }

  /** Where some classes of the weight, or of its derivatives, lie. */
  private ofClasses(from: number, wide: number): Omit<Block, 'values'> {
    const { features, classes, isTransposed } = this.plan;
    return isTransposed
      ? { from, between: classes, rows: features, columns: wide }
      : { from: from * features, between: features, rows: wide, columns: features };
  }
}

const rowOf = <Values extends NumberArray>(values: Values, from: number, columns: number): Block<Values> => ({
  values,
  from,
  between: columns,
  rows: 1,
  columns,
});

const columnOf = <Values extends NumberArray>(values: Values, from: number, rows: number): Block<Values> => ({
  values,
  from,
  between: 1,
  rows,
  columns: 1,
});
