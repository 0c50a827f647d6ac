import { type Controls, controlsOf } from '../controls/index.js';
import { make } from '../make.js';
import type { DataName } from './data/names.js';
import { type Ground, type Painter, painterOf } from './draw.js';
import type { LossList } from './lossList.js';
import type { RacerLook } from './messages.js';
import { labelOf } from './racerLabel.js';
import type { Scene } from './scene.js';
import type { Racer } from './settings.js';
import { percent, type RaceWords } from './words.js';

/** The part of the stage of one racer: its loss and options, its picture, its numbers. */
export interface Lane {
  readonly element: HTMLElement;
  /** Shows a loss and its options in the controls. */
  readonly choose: (racer: Racer, data: DataName) => void;
  /** Begins pictures of another scene. */
  readonly stage: (scene: Scene, ground: Ground) => void;
  readonly paint: (look: RacerLook) => void;
  /** Shows the numbers of a look. */
  readonly tell: (look: RacerLook, racer: Racer, data: DataName) => void;
}

/** Gradients of these lengths, as powers of ten, have a bar from empty to full. */
const [SHORTEST, LONGEST] = [-6, 1];

export function laneOf(
  document: Document,
  words: RaceWords,
  letter: string,
  { offered, options }: LossList,
  give: (racer: Racer) => void,
): Lane {
  let controls: Controls | null = null;
  let shown: Racer = { loss: '', options: {} };
  let painter: Painter | null = null;
  const select = make(document, 'select', {});
  select.addEventListener('change', () => give({ loss: select.value, options: {} }));
  const place = make(document, 'div', {});
  place.addEventListener('options', (event) => {
    give({ loss: shown.loss, options: (event as CustomEvent<Racer['options']>).detail });
  });
  const canvas = make(document, 'canvas', { role: 'img', 'aria-label': letter });
  // Numbers that change all the time are not read aloud; the summary is.
  const [score, loss] = ['', ''].map(() => make(document, 'output', { 'aria-live': 'off' })) as [
    HTMLElement,
    HTMLElement,
  ];
  const scoreName = make(document, 'span', {}, words.accuracy);
  const gradients = make(document, 'ul', { class: 'race-gradients', 'aria-label': words.gradient });
  const heading = make(document, 'span', { class: 'race-letter' }, letter);
  const element = make(
    document,
    'section',
    { class: `race-lane race-lane-${letter.toLowerCase()}`, 'aria-label': letter },
    make(document, 'label', { class: 'race-loss' }, heading, make(document, 'span', {}, words.loss), select),
    make(document, 'details', {}, make(document, 'summary', {}, words.options), place),
    canvas,
    make(document, 'p', { class: 'race-number' }, scoreName, score),
    make(document, 'p', { class: 'race-number' }, words.value, loss),
    make(document, 'p', { class: 'race-number' }, words.gradient),
    gradients,
  );

  return {
    element,
    choose: (racer, data) => {
      select.replaceChildren(
        ...offered[data].map((name) => make(document, 'option', { value: name, selected: name === racer.loss }, name)),
      );
      if (racer.loss !== shown.loss) {
        controls = controlsOf(document, options[racer.loss] ?? []);
        place.replaceChildren(controls.element);
      }
      // A control that has just been used keeps what was typed into it.
      if (!place.contains(document.activeElement)) controls?.show(racer.options as Parameters<Controls['show']>[0]);
      shown = racer;
    },
    stage: (scene, ground) => {
      painter = painterOf(canvas, scene, ground);
    },
    paint: ({ picture }) => painter?.(picture),
    tell: (look, racer, data) => {
      scoreName.textContent = data === 'masks' ? words.overlap : words.accuracy;
      score.textContent = percent(look.score);
      loss.textContent = look.loss === null ? '–' : short(look.loss);
      canvas.setAttribute('aria-label', words.picture(letter, labelOf(racer), percent(look.score)));
      gradients.replaceChildren(
        ...look.norms.map((norm, i) => {
          const share = (Math.log10(norm) - SHORTEST) / (LONGEST - SHORTEST);
          const bar = make(document, 'span', { class: 'race-bar-of-gradient', 'aria-hidden': 'true' });
          bar.style.setProperty('--share', String(Math.min(1, Math.max(0, share))));
          return make(document, 'li', {}, `${words.layer(i + 1)} `, bar, short(norm));
        }),
      );
    },
  };
}

const short = (value: number): string => {
  if (!Number.isFinite(value)) return String(value);
  return value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential(1) : String(Number(value.toPrecision(3)));
};
