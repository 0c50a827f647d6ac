import '@tensorflow/tfjs-backend-cpu';
import { ready, setBackend } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { curvesOf, type Curve, spread } from '../../../cli/plot/curves.js';
import { picturedOptions, sceneOf } from '../../../cli/plot/scene.js';
import { definitionOf } from '../../../src/definition/definition.js';
import { defaultsOf } from '../../../src/definition/options.js';
import { getLoss, type LossName, type NamedLoss } from '../../../src/getLoss.js';
import type { OptionValues } from '../controls/index.js';
import { panelsOf } from './panels.js';
import type { PlotWords } from './words.js';

/** What is to be seen. */
export interface View {
  readonly options: OptionValues;
  /** Null: as far as the plot of the loss goes by itself. */
  readonly from: number | null;
  readonly to: number | null;
  /** A row of labels for each curve; null: those that the loss is plotted for by itself. */
  readonly labels: readonly (readonly number[])[] | null;
}

export interface Live {
  /** The charts; throws what the loss complains about. */
  readonly draw: (view: View) => readonly Element[];
}

/** Points of a curve whose points are computed in one call, and of one that takes a call for each. */
const MANY = 150;
const FEW = 60;

export async function start(name: string, words: PlotWords): Promise<Live> {
  await setBackend('cpu');
  await ready();
  const loss = getLoss(name as LossName) as unknown as NamedLoss;
  const definition = definitionOf(loss);
  const defaults = defaultsOf(definition.options);

  const drawn = ({ options, from, to, labels }: View): { readonly x: string; readonly curves: readonly Curve[] } => {
    const own = picturedOptions(definition, options);
    const scene = sceneOf(definition, { ...defaults, ...own }, labels);
    const range = [from ?? scene.range[0], to ?? scene.range[1]] as const;
    const [low, high] = scene.bounds;
    if (!(range[0] < range[1] && range[0] >= low && range[1] <= high)) {
      throw new Error(words.badRange(String(low), String(high)));
    }
    const xs = spread(range, scene.areExamples ? MANY : FEW);
    return { x: scene.x, curves: curvesOf(loss.with(own), scene, xs) };
  };

  const known = new Map<string, readonly Curve[]>();
  /** The curves with the numbers at their defaults; none where that does not go. */
  const before = (view: View): readonly Curve[] => {
    const kept = Object.entries(view.options).filter(([, value]) => typeof value !== 'number');
    if (kept.length === Object.keys(view.options).length) return [];
    const plain = { ...view, options: Object.fromEntries(kept) };
    const key = JSON.stringify(plain);
    const found = known.get(key) ?? attempt(() => drawn(plain).curves) ?? [];
    known.set(key, found);
    return found;
  };

  return {
    draw: (view) => {
      const { x, curves } = drawn(view);
      if (!curves.some(({ values }) => values.some(([, y]) => Number.isFinite(y)))) throw new Error(words.notFinite);
      return panelsOf(document, { loss: name, x, curves, before: before(view) }, words);
    },
  };
}

function attempt<T>(f: () => T): T | null {
  try {
    return f();
  } catch {
    return null;
  }
}
