import { parseHTML } from 'linkedom';
import '@tensorflow/tfjs-backend-cpu';
import { lossCode } from '../../cli/convert/writeCode.js';
import { curvesOf, spread } from '../../cli/plot/curves.js';
import { picturedOptions, type Scene, sceneOf } from '../../cli/plot/scene.js';
import type { LossFacts } from '../../scripts/facts/facts.js';
import { definitionOf } from '../../src/definition/definition.js';
import { defaultsOf } from '../../src/definition/options.js';
import { getLoss, type LossName, type NamedLoss } from '../../src/getLoss.js';
import { controlsOf } from '../elements/controls/index.js';
import type { ControlFacts } from '../elements/controls/values.js';
import { panelsOf, type Panels } from '../elements/lossPlot/panels.js';
import { plotWords } from '../elements/lossPlot/words.js';
import { make } from '../elements/make.js';
import type { Language } from '../words/index.js';
import { movingOptions } from './movingOptions.js';

/** What is computed for the plot of a loss, in whatever language. */
interface Computed {
  readonly scene: Scene;
  readonly panels: Panels;
  readonly options: readonly ControlFacts[];
  /** Options that have no default. */
  readonly needed: Readonly<Record<string, unknown>>;
}

const POINTS = 81;

const known = new Map<string, Computed>();

function computed(facts: LossFacts): Computed {
  const found = known.get(facts.name);
  if (found) return found;
  const loss = getLoss(facts.name as LossName) as unknown as NamedLoss;
  const definition = definitionOf(loss);
  const own = picturedOptions(definition, {});
  const scene = sceneOf(definition, { ...defaultsOf(definition.options), ...own }, null);
  const curves = curvesOf(loss.with(own), scene, spread(scene.range, POINTS));
  const made = {
    scene,
    panels: { loss: facts.name, x: scene.x, curves, before: [] },
    options: movingOptions(loss, facts.options),
    needed: own,
  };
  known.set(facts.name, made);
  return made;
}

const { document } = parseHTML('<html></html>') as unknown as { document: Document };

/** The element `<loss-plot>` with its charts for the default options, as HTML without empty lines; empty for functions. */
export function plotOf(facts: LossFacts, language: Language): string {
  if (facts.kind === 'function') return '';
  const { scene, panels, options, needed } = computed(facts);
  const words = plotWords(language);
  const number = (name: string, label: string, from: number): HTMLElement =>
    make(
      document,
      'label',
      {},
      label,
      make(document, 'input', { type: 'number', step: 'any', name, placeholder: Number(from.toPrecision(3)) }),
    );
  const labels = scene.labels.map((row) => row.join(', ')).join('; ');
  const figure = make(
    document,
    'figure',
    { class: 'loss-plot' },
    make(document, 'div', { class: 'loss-plot-charts' }, ...panelsOf(document, panels, words)),
    make(document, 'figcaption', {}, words.caption(facts.name, words.translated(panels.x))),
    controlsOf(document, options, language).element,
    make(
      document,
      'details',
      {},
      make(document, 'summary', {}, words.rangeAndLabels),
      make(
        document,
        'div',
        { class: 'loss-plot-view' },
        number('from', words.from, scene.range[0]),
        number('to', words.to, scene.range[1]),
        ...(labels === ''
          ? []
          : [
              make(
                document,
                'label',
                {},
                words.labels,
                make(document, 'input', { type: 'text', name: 'labels', placeholder: labels }),
              ),
            ]),
      ),
    ),
    make(
      document,
      'div',
      { class: 'loss-plot-code' },
      make(document, 'code', { 'aria-label': words.code }, lossCode({ name: facts.name, fixed: needed }).code),
      make(document, 'button', { type: 'button', class: 'loss-plot-copy' }, words.copy),
      make(document, 'button', { type: 'button', class: 'loss-plot-reset' }, words.reset),
    ),
    make(document, 'div', { class: 'loss-plot-message', role: 'status' }),
  );
  const element = make(document, 'loss-plot' as 'div', {
    loss: facts.name,
    options: JSON.stringify(options),
    ...(Object.keys(needed).length > 0 && { needed: JSON.stringify(needed) }),
    'v-pre': true,
  });
  return element.outerHTML.replace('></loss-plot>', `>\n${shortened(figure.outerHTML)}\n</loss-plot>`);
}

/** Places in a picture need no more than two digits after the point. */
const shortened = (html: string): string =>
  html.replace(/(?<=[\d(",LM])(-?\d+\.\d{3,})(?=[",LMZ)])/g, (number) => String(Number(Number(number).toFixed(2))));
