import type { DomainName } from '../../../src/definition/domain.js';
import { defaultsOf } from '../../../test/support/draw.js';
import type { Options } from '../../../test/support/losses.js';
import {
  hasRows,
  type Input,
  inputsOf,
  isOfImages,
  neededOptions,
  roleOf,
  shapeOf,
  signatureWith,
  sizeOf,
  type Subject,
} from './subject.js';
import { type Nested, valuesOf } from './values.js';
import { codeOf, optionsCode, programCode, tensorCode } from './write.js';

const EPOCHS = 40;

/** The activation that gives numbers of a domain; others need none. */
const activations: Partial<Record<DomainName, string>> = {
  distribution: 'softmax',
  probability: 'sigmoid',
  heatmap: 'sigmoid',
  quality: 'sigmoid',
  nonNegative: 'softplus',
  logProbability: 'logSoftmax',
  cosine: 'tanh',
  // Centres and sizes of boxes, as shares of the image.
  box: 'sigmoid',
};

/** Two features of each example; those of one class lie together. */
const features: readonly (readonly number[])[] = [
  [0.9, 0.1],
  [0.1, 0.8],
  [0.9, 0.9],
  [0.8, 0.2],
  [0.2, 0.9],
  [0.8, 0.8],
];

/** A tiny model that trains with the loss. */
export function inModel(subject: Subject): string {
  const options = optionsInModel(subject);
  const inputs = inputsOf(subject, options);
  const heads = inputs.filter(({ isLabels }) => !isLabels);
  const [labels, more] = inputs.filter(({ isLabels }) => isLabels);
  const stray = heads.find((head) => !isPutOut(head));
  if (stray || more) return ownLoop(subject, inputs, reasonFor(stray, more));
  const [only] = heads;
  return heads.length === 1 && only
    ? ofOneOutput(subject, options, labels, only)
    : ofOutputs(subject, options, labels, heads);
}

/** A sigmoid gives centres and sizes, which make a box whatever they are, and no corners. */
const optionsInModel = (subject: Subject): Options => ({
  ...neededOptions(subject),
  ...(subject.loss.definition.options['format']?.[1].accepts('cxcywh') && { format: 'cxcywh' }),
});

const lossCode = ({ loss }: Subject, options: Options): string =>
  Object.keys(options).length === 0 ? loss.name : `${loss.name}.with(${optionsCode(options)})`;

/** Where the labels of one output and its predictions agree: the examples, and what `...` stands for beside them. */
function leadingOf(subject: Subject, { pattern: { before, dots, after } }: Input): readonly number[] {
  const examples = features.length;
  if (!dots) return [examples];
  if (before.length > 0) return isOfImages(subject) ? [2, 4, 4, ...(after.length === 0 ? [1] : [])] : [examples, 3];
  return after.length === 0 ? [examples, 1] : [examples];
}

/** A layer as code, with the same weights at each start. */
function layerCode(subject: Subject, head: Input, settings: Readonly<Record<string, unknown>>, size?: number): string {
  const { after, before } = head.pattern;
  const axis = after.at(-1) ?? (before.length > 1 ? before.at(-1) : undefined);
  const leading = leadingOf(subject, head);
  const units = size ?? (axis === undefined ? ((head.pattern.dots ? leading.at(-1) : 1) ?? 1) : sizeOf(subject, axis));
  const activation = activations[head.domain];
  const isImage = isOfImages(subject);
  const entries = Object.entries({
    ...settings,
    ...(isImage ? { filters: units, kernelSize: 3, padding: 'same' } : { units }),
    ...(activation && { activation }),
  }).map(([name, value]) => `${name}: ${codeOf(value)}`);
  return `tf.layers.${isImage ? 'conv2d' : 'dense'}({ ${[...entries, 'kernelInitializer'].join(', ')} })`;
}

/** The sizes of the axes that an output has for each example, apart from steps; images have layers of their own. */
function tableOf(subject: Subject, { pattern: { before, dots, after } }: Input): readonly number[] {
  const axes = dots ? after : before.slice(1).filter((axis) => axis !== 'T');
  return isOfImages(subject) ? [] : axes.map((axis) => sizeOf(subject, axis));
}

const entriesOf = (table: readonly number[]): number => table.reduce((product, size) => product * size, 1);

/** Weights to start from. Of images: at which no structure is opposed to that of its label, which has no gradient in some losses. */
const startOf = (subject: Subject): string =>
  `const kernelInitializer = tf.initializers.glorotUniform({ seed: ${isOfImages(subject) ? 2 : 1} }); // the same start each time`;

const tellLosses: readonly string[] = [
  'console.log(`first epoch: ${history.loss[0].toFixed(3)}`);',
  'console.log(`last epoch: ${history.loss.at(-1).toFixed(3)}`);',
];

const fitCode = (x: string, y: string): string =>
  `const { history } = await model.fit(${x}, ${y}, { epochs: ${EPOCHS}, shuffle: false, verbose: 0 });`;

/** Whether the numbers at each step are a row of their own; else the steps themselves are the entries of an example. */
const hasSteps = ({ pattern: { before, after } }: Input): boolean =>
  before.includes('T') && [...before, ...after].at(-1) !== 'T';

/** What goes into the model. */
function inputValues(subject: Subject, head: Input): { readonly values: Nested; readonly shape: readonly number[] } {
  if (isOfImages(subject)) return { values: images, shape: [4, 4, 1] };
  const steps = hasSteps(head) ? sizeOf(subject, 'T') : 0;
  if (steps === 0) return { values: features, shape: [2] };
  const values = features.map((_, i) =>
    Array.from({ length: steps }, (_, t) => features[(i + t) % features.length] ?? []),
  );
  return { values, shape: [steps, 2] };
}

/** Two images of four by four pixels, in which something bright is to be found. */
const images: Nested = [
  [
    [0.9, 0.8, 0.1, 0.2],
    [0.8, 0.9, 0.2, 0.1],
    [0.1, 0.2, 0.1, 0.3],
    [0.2, 0.1, 0.2, 0.1],
  ],
  [
    [0.1, 0.2, 0.1, 0.1],
    [0.3, 0.1, 0.9, 0.8],
    [0.1, 0.2, 0.8, 0.9],
    [0.2, 0.1, 0.7, 0.9],
  ],
].map((image) => image.map((row) => row.map((pixel) => [pixel])));

/** The pixels that are bright. */
const masks = (images as readonly (readonly (readonly (readonly number[])[])[])[]).map((image) =>
  image.map((row) => row.map(([pixel = 0]) => (pixel > 0.5 ? 1 : 0))),
);

interface Data {
  readonly values: Nested;
  readonly isInteger: boolean;
}

function labelValues(subject: Subject, labels: Input, head: Input): Data {
  if (isOfImages(subject)) {
    const isBare = labels.pattern.after.length < head.pattern.after.length;
    const values = isBare ? masks : masks.map((image) => image.map((row) => row.map((pixel) => [pixel])));
    return { values, isInteger: labels.isInteger };
  }
  const shape = shapeOf(subject, labels, leadingOf(subject, head));
  // Groups are the classes of the features: two examples of each.
  const domain = labels.domain === 'group' ? 'classIndex' : labels.domain;
  return {
    values: valuesOf(domain, roleOf(subject, labels), shape, hasRows(labels)),
    isInteger: labels.isInteger,
  };
}

const declared = (name: string, { values, isInteger }: Data): string =>
  `const ${name} = ${tensorCode(values, isInteger)};`;

function ofOneOutput(subject: Subject, options: Options, labels: Input | undefined, head: Input): string {
  const x = inputValues(subject, head);
  const loss = lossCode(subject, options);
  const table = tableOf(subject, head);
  const settings = { ...(!labels && { name: head.name }), inputShape: x.shape };
  const layer = layerCode(subject, head, settings, table.length < 2 ? undefined : entriesOf(table));
  return programCode({
    losses: [subject.loss.name],
    layers: ['compile'],
    blocks: [
      [
        declared('x', { values: x.values, isInteger: false }),
        ...(labels ? [declared(labels.name, labelValues(subject, labels, head))] : []),
      ],
      [
        startOf(subject),
        `const model = tf.sequential();`,
        `model.add(${layer});`,
        ...(table.length < 2 ? [] : [`model.add(tf.layers.reshape(${optionsCode({ targetShape: table })}));`]),
      ],
      [
        ...(isOfBatch(subject, options)
          ? [`// The examples of a batch are looked at together: all of them are in one.`]
          : []),
        `compile(model, { optimizer: tf.train.adam(0.1), loss: ${labels ? loss : `{ ${head.name}: { loss: ${loss} } }`} });`,
        fitCode('x', labels?.name ?? 'null'),
        ...tellLosses,
      ],
    ],
  });
}

/** Whether the value of an example depends on others. */
function isOfBatch(subject: Subject, options: Options): boolean {
  const { definition } = subject.loss;
  const { output, positions } = signatureWith(subject, options);
  const hasExamples = output.dots || output.before.length > 0;
  const pairs = positions.before.filter((name) => name === 'B').length > 1;
  return !hasExamples || pairs || definition.isOfBatch?.({ ...defaultsOf(subject.loss), ...options }) === true;
}

/** A loss of several outputs: of one net that sees several examples, or of several heads. */
function ofOutputs(subject: Subject, options: Options, labels: Input | undefined, heads: readonly Input[]): string {
  const [first] = heads as [Input];
  const names = heads.map(({ name }) => name);
  const areAlike = heads.every(({ domain, pattern }) => domain === first.domain && pattern.text === first.pattern.text);
  const key = labels ? `${first.name}: ${labels.name}` : '';
  const net = areAlike ? sharedNet(subject, first, names) : headsOf(subject, heads);
  return programCode({
    losses: [subject.loss.name],
    layers: ['compile'],
    blocks: [
      [...net.data, ...(labels ? [declared(labels.name, labelValues(subject, labels, first))] : [])],
      [startOf(subject), ...net.model],
      [
        `compile(model, { optimizer: tf.train.adam(0.1), loss: { ${labels ? first.name : subject.loss.name}: { of: ${codeOf(names)}, loss: ${lossCode(subject, options)} } } });`,
        fitCode(net.x, labels ? `{ ${key} }` : 'null'),
        ...tellLosses,
      ],
    ],
  });
}

interface Net {
  readonly data: readonly string[];
  readonly model: readonly string[];
  readonly x: string;
}

/** One layer, applied to several examples. */
function sharedNet(subject: Subject, head: Input, names: readonly string[]): Net {
  const turned = names.map((_, i) =>
    features.map((_, k) => features[(k + Math.ceil(i / 2) * (i + 2)) % features.length] ?? []),
  );
  return {
    data: names.map((name, i) => declared(`${name}X`, { values: turned[i] ?? [], isInteger: false })),
    model: [
      `const layer = ${layerCode(subject, head, {})};`,
      `const inputs = ${codeOf(names)}.map(() => tf.input({ shape: [2] }));`,
      `const named = (name) => tf.layers.activation({ name, activation: 'linear' });`,
      `const outputs = ${codeOf(names)}.map((name, i) => named(name).apply(layer.apply(inputs[i])));`,
      `const model = tf.model({ inputs, outputs });`,
    ],
    x: `[${names.map((name) => `${name}X`).join(', ')}]`,
  };
}

/** A layer for each output. */
function headsOf(subject: Subject, heads: readonly Input[]): Net {
  return {
    data: [declared('x', { values: features, isInteger: false })],
    model: [
      `const inputs = tf.input({ shape: [2] });`,
      ...heads.map((head) => `const ${head.name} = ${headCode(subject, head)};`),
      `const model = tf.model({ inputs, outputs: [${heads.map(({ name }) => name).join(', ')}] });`,
    ],
    x: 'x',
  };
}

/** An output of a net: a layer, whose numbers are a table where the loss wants one. */
function headCode(subject: Subject, head: Input): string {
  const { name } = head;
  const targetShape = tableOf(subject, head);
  if (targetShape.length < 2) return `${layerCode(subject, head, { name })}.apply(inputs)`;
  const layer = layerCode(subject, head, {}, entriesOf(targetShape));
  return `tf.layers.reshape(${optionsCode({ name, targetShape })}).apply(${layer}.apply(inputs))`;
}

/** Whether it is one log-probability for each answer, not one for each class. */
const isOfAnswer = (input: Input): boolean => input.domain === 'logProbability' && !hasRows(input);

/** Whether a layer puts it out: an entry for each example. */
const isPutOut = (input: Input): boolean =>
  (input.pattern.dots || input.pattern.before[0] === 'B') && !isOfAnswer(input);

/** Why `compile` does not serve. */
const reasonFor = (stray: Input | undefined, more: Input | undefined): readonly string[] =>
  stray
    ? [
        `// compile takes labels and outputs of a model, one entry for each example.`,
        isOfAnswer(stray)
          ? `// ${stray.name}, the log-probability of an answer, is no output of a layer, so this is a loop of one's own.`
          : `// ${stray.name}, of shape ${stray.pattern.text}, is neither, so this is a loop of one's own.`,
      ]
    : [
        `// compile takes one tensor of labels for an output.`,
        `// ${more?.name} is one more that stays as it is, so this is a loop of one's own.`,
      ];

/** Training without `compile`, of a loss with an input that no layer puts out, or with several that stay as they are. */
function ownLoop(subject: Subject, inputs: readonly Input[], reason: readonly string[]): string {
  const { loss } = subject;
  const heads = inputs.filter(({ isLabels }) => !isLabels);
  const numbersOf = (input: Input, from = 0): Data => ({
    values: valuesOf(input.domain, roleOf(subject, input), shapeOf(subject, input, [3]), hasRows(input), from),
    isInteger: input.isInteger,
  });
  const given = inputs.map((input) =>
    isOfAnswer(input) && !input.isLabels ? `tf.logSigmoid(${input.name})` : input.name,
  );
  return programCode({
    losses: [loss.name],
    blocks: [
      [
        ...reason,
        ...inputs.map((input, i) =>
          input.isLabels
            ? declared(input.name, numbersOf(input, Math.max(0, i - 1)))
            : `const ${input.name} = tf.variable(${tensorCode(numbersOf(input, heads.indexOf(input)).values)});`,
        ),
      ],
      [
        `const optimizer = tf.train.adam(0.1);`,
        `const step = () => optimizer.minimize(() => ${lossCode(subject, neededOptions(subject))}.mean(${given.join(', ')}), true).dataSync()[0];`,
        `const losses = Array.from({ length: ${EPOCHS} }, step);`,
        'console.log(`first step: ${losses[0].toFixed(3)}`);',
        'console.log(`last step: ${losses.at(-1).toFixed(3)}`);',
      ],
    ],
  });
}
