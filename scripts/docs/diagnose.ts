import * as tf from '@tensorflow/tfjs';
import { codes } from '../../src/layers/diagnose/codes.js';
import { diagnose } from '../../src/layers/index.js';

/** The program of the transcript, as the page shows it. */
const program = `const model = tf.sequential({
  layers: [
    tf.layers.dense({ name: 'hidden', units: 8, activation: 'relu', inputShape: [4] }),
    tf.layers.dense({ name: 'head', units: 1 }),
  ],
});
model.compile({ optimizer: 'adam', loss: 'binaryCrossentropy' });
console.log(String(await diagnose(model, x, y)));`;

/** What that program prints, of drawn data and weights. */
async function transcript(): Promise<string> {
  await tf.setBackend('cpu');
  const kernelInitializer = tf.initializers.randomNormal({ stddev: 0.5, seed: 3 });
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ name: 'hidden', units: 8, activation: 'relu', inputShape: [4], kernelInitializer }),
      tf.layers.dense({ name: 'head', units: 1, kernelInitializer }),
    ],
  });
  model.compile({ optimizer: 'adam', loss: 'binaryCrossentropy' });
  const x = tf.randomNormal([200, 4], 0, 1, 'float32', 5);
  const y = tf.cast(tf.greater(tf.slice(x, [0, 0], [-1, 1]), 0), 'float32');
  return String(await diagnose(model, x, y));
}

/** docs/diagnose.md. */
export async function diagnosePage(): Promise<string> {
  const rows = Object.entries(codes).map(([code, { severity, about }]) => `| \`${code}\` | ${severity} | ${about} |`);
  return `# Why does it not learn?

\`diagnose(model, x, y, args?)\` of \`tfjs-losses/layers\` looks at a compiled model and its data, and returns findings: each with a \`code\` that stays, a \`severity\`, \`where\` it is (input, output, layer, variable), what was \`seen\`, \`why\` it hurts, and what to \`change\`, as code. Causes come before their consequences; nothing is found in a sound model that is not trained yet. The model may be compiled by \`compile\` of this package or by \`model.compile\` of tfjs, and have any number of inputs and outputs; data are arrays, tensors, or a dataset of tf.data in place of \`x\` and \`y\`, of which the first batches are taken.

\`\`\`js
${program}
\`\`\`

\`\`\`text
${await transcript()}
\`\`\`

\`args\` are \`examples\` (how many are looked at, default 256, from all over the data), \`batchSize\`, \`sampleWeight\` and \`classWeight\` as in \`fit\`. \`chances\` of the result has the loss of each output beside that of the best constant prediction: ln C for C classes of the same frequency. Nothing in the model changes: weights, averages, states and the optimizer stay as they are, and no tensors are left.

\`inspect(loss, labels, predictions, { weights, batchSize })\` does so without a model.

## Findings

In the order in which they are listed; remarks (\`info\`) come last. The severity of a finding may be less than that of its kind.

| code | severity | about |
| ---- | -------- | ----- |
${rows.join('\n')}

Limits: of a loss that is a function of one's own only values and gradients are known, not what it expects of labels and predictions. Dropout and other noise are left out, batch normalization goes by the batch as in training. One step is that of an optimizer that is new. Examples beyond those that are looked at are searched for NaN among the inputs only.
`;
}
