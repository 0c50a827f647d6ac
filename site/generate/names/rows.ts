import { lossCode } from '../../../cli/convert/writeCode.js';
import { casesOf, counterpart, libraries, nameIn } from '../../../scripts/docs/libraries.js';
import { allLosses, getLoss, type NamedLoss } from '../../../src/getLoss.js';
import type { Golden } from '../../../test/support/goldens.js';
import { namesInKeras, namesInLayers, namesInTorch } from './spellings.js';

/** A loss of another library: its names there, the loss here, and the same call in both. */
export interface Row {
  readonly names: readonly string[];
  readonly loss: string;
  readonly there: string;
  readonly here: string;
  /** The place on the page of departures that tells where the numbers differ; null where they do not. */
  readonly departs: string | null;
}

export const origins = ['keras', 'pytorch', 'tf-losses', 'tfjs-layers'] as const;

export type Origin = (typeof origins)[number];

export const rowsOf = (origin: Origin): readonly Row[] =>
  tables[origin]().sort((a, b) => (a.names[0] ?? '').localeCompare(b.names[0] ?? '', 'en'));

const tables: Readonly<Record<Origin, () => Row[]>> = {
  keras: () => recorded('Keras', namesInKeras),
  pytorch: () => recorded('PyTorch', namesInTorch),
  'tf-losses': ofTfLosses,
  'tfjs-layers': ofLayers,
};

/** The losses of a library that goldens are recorded from: each with the plainest of its calls. */
function recorded(title: string, namesOf: (name: string) => readonly string[]): Row[] {
  const library = libraries.find((one) => one.title === title);
  if (!library?.goldens) return [];
  const { goldens } = library;
  return allLosses().flatMap((loss) => {
    const found = counterpart(loss.name, library);
    const cases = casesOf(goldens).filter((golden) => golden.loss === loss.name);
    return (found?.names ?? []).flatMap((name) => {
      const [golden] = cases.filter(({ call }) => nameIn(library, call) === name).sort((a, b) => effort(a) - effort(b));
      if (!golden) return [];
      const departs = found?.departs === true ? loss.name.toLowerCase() : null;
      return [
        { names: namesOf(name), loss: loss.name, there: golden.call, here: callOf(loss, golden.options), departs },
      ];
    });
  });
}

/** How much a call asks of a reader: the mean of equal numbers with few options is the plainest. */
function effort({ call, options, departs }: Golden): number {
  const isMean = options['reduction'] === 'mean';
  return (departs === undefined ? 0 : 1e6) + (isMean ? 0 : 1e5) + Object.keys(options).length * 1e3 + call.length;
}

/** A call of a loss as code; the mean has a shorter form. */
function callOf(loss: NamedLoss, { reduction, ...options }: Readonly<Record<string, unknown>>): string {
  const { inputs = ['labels', 'predictions'] } = loss.definition;
  const name = reduction === 'mean' ? `${loss.name}.mean` : loss.name;
  const isDefault = reduction === 'mean' || reduction === 'perExample' || reduction === undefined;
  const fixed = isDefault ? options : { ...options, reduction };
  const { code } = lossCode({ name: '', fixed });
  const written = /^\.with\((.*)\)$/.exec(code)?.[1];
  return `${name}(${[...inputs, ...(written === undefined ? [] : [written])].join(', ')})`;
}

/** The functions of `tf.losses`, whose default reduction is the mean where nothing is weighed. */
function ofTfLosses(): Row[] {
  const library = libraries.find(({ title }) => title === 'tf.losses');
  if (!library) return [];
  return allLosses().flatMap((loss) => {
    const found = counterpart(loss.name, library);
    return (found?.names ?? []).map((name) => {
      const here = callOf(loss, { ...getLoss(name).fixed, reduction: 'mean' });
      const takesAxis = name === 'cosineDistance';
      return {
        names: [name],
        loss: loss.name,
        there: `tf.losses.${name}(labels, predictions${takesAxis ? ', axis' : ''})`,
        here: takesAxis ? here.replace(/\)$/, ', { axis })') : here,
        departs: found?.departs === true ? 'tflosses-of-tensorflowjs' : null,
      };
    });
  });
}

function ofLayers(): Row[] {
  return namesInLayers.map((name) => {
    const loss = getLoss(name).name;
    return {
      names: [name],
      loss,
      there: `model.compile({ optimizer, loss: '${name}' })`,
      here: `compile(model, { optimizer, loss: ${loss} })`,
      departs: null,
    };
  });
}
