import { dispose, tensor, type Tensor } from '@tensorflow/tfjs-core';
import '../../src/layers/index.js';
import { diagnose } from '../../src/layers/diagnose/index.js';
import { load } from '../../src/layers/load.js';
import { modelFiles } from '../data/modelFiles.js';
import { openSource } from '../data/open.js';
import { rowSize } from '../data/source.js';
import { refuse } from '../failure.js';
import { toJson } from '../output/numbers.js';
import { startTfjs } from '../tfjsWhole.js';
import type { DoctorOptions } from './doctor.js';

/** Whether something was found. */
export async function run(path: string, options: DoctorOptions): Promise<boolean> {
  await startTfjs();
  const examples = Number(options.examples);
  if (!(Number.isInteger(examples) && examples > 0)) refuse('--examples', `${options.examples} came`, 'an integer > 0');
  const model = await load(modelFiles(path));
  if (!isCompiled(model))
    refuse('MODEL', `${path} has no loss`, 'a model that was saved with its loss, by save of tfjs-losses/layers');
  const own: Tensor[] = [];
  try {
    const first = async (option: string, given: readonly string[]): Promise<Tensor[]> => {
      const tensors: Tensor[] = [];
      for (const text of given) tensors.push(await firstRows(option, text, examples));
      own.push(...tensors);
      return tensors;
    };
    const [xs, ys] = [await first('--x', options.x), await first('--y', options.y)];
    const diagnosis = await diagnose(model, oneOrAll(xs), oneOrAll(ys), { examples });
    const { findings, chances } = diagnosis;
    console.log(options.json ? toJson({ findings, chances, examples: diagnosis.examples }) : String(diagnosis));
    return findings.some(({ severity }) => severity !== 'info');
  } finally {
    dispose(own);
    model.dispose();
  }
}

const isCompiled = (model: object): boolean => 'loss' in model && model.loss !== undefined && model.loss !== null;

const oneOrAll = (tensors: readonly Tensor[]): Tensor | Tensor[] =>
  tensors.length === 1 ? (tensors[0] as Tensor) : [...tensors];

/** The first rows of an array, however long it is. */
async function firstRows(option: string, given: string, rows: number): Promise<Tensor> {
  const source = await openSource(option, given);
  const reader = await source.open();
  try {
    const data = (await reader.read(rows)).slice();
    const shape =
      source.shape.length === 0
        ? []
        : [data.length / Math.max(1, rowSize(source)), ...source.shape.slice(1).map(Number)];
    return tensor(data, shape, source.dtype);
  } finally {
    await reader.close();
  }
}
