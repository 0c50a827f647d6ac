import { make } from '../make.js';
import { chartsOf } from './charts.js';
import { hashOf, presetOf } from './hash.js';
import { historyOf } from './history.js';
import type { LossList } from './lossList.js';
import type { Look, Reply, Request } from './messages.js';
import { presetNames, presets } from './presets.js';
import { laneOf } from './lane.js';
import type { Racer, Settings } from './settings.js';
import { settingsFormOf } from './settingsForm.js';
import { percent, type RaceWords } from './words.js';

/** A race in a page: controls, pictures, charts, and the worker behind them. */
export interface Stage {
  readonly element: HTMLElement;
  /** Begins a race and lets it run. */
  readonly show: (settings: Settings) => void;
  /** Ends the worker. */
  readonly stop: () => void;
}

/** Steps a second. */
const speeds = [2, 10, 50, Infinity] as const;

/** The longest that the worker trains before it shows something, in ms. */
const WITHIN = 24;

/** Charts and numbers are read, not watched: every so many ms they follow. */
const CHARTS_EVERY = 400;

const SUMMARY_EVERY = 6000;

/** With `prefers-reduced-motion`, pictures change only so often, in ms. */
const CALM = 1000;

export async function stageOf(document: Document, words: RaceWords): Promise<Stage> {
  const list = (await fetch(new URL('../../.generated/race/losses.json', import.meta.url)).then((response) =>
    response.json(),
  )) as LossList;
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;

  let settings = presets[presetNames[0]].settings;
  let history = historyOf();
  let look: Look | null = null;
  /** A request is on its way. */
  let isWaiting = false;
  let isRunning = false;
  /** Settings that a race begins with as soon as the worker has answered. */
  let next: Settings | null = null;
  /** Steps that are due, and part of one. */
  let due = 0;
  const last = { frame: 0, picture: 0, charts: 0, summary: 0 };

  const button = (text: string, act: () => void): HTMLButtonElement => {
    const own = make(document, 'button', { type: 'button' }, text);
    own.addEventListener('click', act);
    return own;
  };
  const preset = make(
    document,
    'select',
    {},
    ...presetNames.map((name) => make(document, 'option', { value: name }, words.presets[name])),
    make(document, 'option', { value: '', disabled: true }, words.own),
  );
  preset.addEventListener('change', () => {
    const chosen = presetNames.find((name) => name === preset.value);
    if (chosen) show(presets[chosen].settings);
  });
  const toggle = button(words.pause, () => (isRunning ? pause() : run()));
  const single = button(words.oneStep, () => {
    pause();
    due = 1;
    ask();
  });
  const reset = button(words.reset, () => {
    pause();
    begin(settings);
  });
  const speed = make(
    document,
    'select',
    {},
    ...words.speeds.map((text, i) => make(document, 'option', { value: i, selected: i === 3 }, text)),
  );
  const copy = button(words.copyLink, () => {
    const link = new URL(`#${hashOf(settings)}`, location.href).href;
    void navigator.clipboard.writeText(link).then(() => {
      copy.textContent = words.copied;
      setTimeout(() => (copy.textContent = words.copyLink), 1500);
    });
  });
  const steps = make(document, 'output', { class: 'race-steps', 'aria-live': 'off' });
  const failure = make(document, 'p', { class: 'race-failure', role: 'alert' });
  const summary = make(document, 'p', { class: 'race-summary', 'aria-live': 'polite' });
  const caption = make(document, 'p', { class: 'race-caption' });
  const form = settingsFormOf(document, words, (changed) => change({ ...settings, ...changed }));
  const charts = chartsOf(document, words);
  const lanes = ([0, 1] as const).map((i) =>
    laneOf(document, words, 'AB'[i] as string, list, (racer) => {
      const racers = i === 0 ? ([racer, settings.racers[1]] as const) : ([settings.racers[0], racer] as const);
      change({ ...settings, racers });
    }),
  );
  const element = make(
    document,
    'div',
    { class: 'race' },
    make(
      document,
      'div',
      { class: 'race-bar' },
      make(document, 'label', {}, `${words.preset} `, preset),
      toggle,
      single,
      reset,
      make(document, 'label', {}, `${words.speed} `, speed),
      copy,
    ),
    form.element,
    failure,
    make(document, 'p', { class: 'race-step' }, `${words.step} `, steps),
    make(document, 'div', { class: 'race-lanes' }, ...lanes.map((lane) => lane.element)),
    caption,
    charts.element,
    summary,
  );

  worker.onmessage = ({ data: reply }: MessageEvent<Reply>): void => {
    isWaiting = false;
    if (next) {
      begin(next);
      return;
    }
    if ('failure' in reply) {
      fail(reply.failure);
      return;
    }
    if ('scene' in reply) {
      const isDark = document.documentElement.classList.contains('dark');
      lanes.forEach((lane) => lane.stage(reply.scene, { isDark }));
      caption.textContent = words.pictures[reply.scene.kind];
      history = historyOf();
      last.picture = last.charts = 0;
    }
    look = reply.look;
    history.add(look);
    if (!isRunning) {
      paint(true);
      say();
    }
  };

  const fail = (message: string): void => {
    pause();
    failure.textContent = message;
  };

  function send(request: Request): void {
    isWaiting = true;
    worker.postMessage(request);
  }

  /** Asks for the steps that are due. */
  function ask(): void {
    if (isWaiting || due < 1) return;
    send({ steps: Math.floor(Math.min(due, 1e6)), within: WITHIN });
    due = Number.isFinite(due) ? due % 1 : 0;
  }

  function begin(own: Settings): void {
    settings = own;
    failure.textContent = '';
    if (isWaiting) {
      next = own;
      return;
    }
    next = null;
    due = 0;
    send({ start: own });
  }

  const scoreText = (i: 0 | 1): string => percent(look?.racers[i].score ?? NaN);

  function say(): void {
    if (look) summary.textContent = words.summary(look.step, scoreText(0), scoreText(1));
  }

  /** Shows the last look: pictures at once, charts and numbers from time to time or if `isLast`. */
  function paint(isLast: boolean, now = performance.now()): void {
    if (!look) return;
    const own = look;
    if (isLast || !isCalm || now - last.picture > CALM) {
      last.picture = now;
      lanes.forEach((lane, i) => lane.paint(own.racers[i as 0 | 1]));
      steps.textContent = String(own.step);
    }
    if (!isLast && now - last.charts < (isCalm ? CALM : CHARTS_EVERY)) return;
    last.charts = now;
    lanes.forEach((lane, i) => lane.tell(own.racers[i as 0 | 1], settings.racers[i as 0 | 1], settings.data));
    charts.draw(history.curves(), settings);
  }

  function frame(now: number): void {
    if (!isRunning) return;
    requestAnimationFrame(frame);
    const rate = speeds[Number(speed.value)] ?? Infinity;
    due = rate === Infinity ? Infinity : Math.min(due + ((now - last.frame) / 1000) * rate, rate);
    last.frame = now;
    if (isWaiting) return;
    paint(false, now);
    if (now - last.summary > SUMMARY_EVERY) {
      last.summary = now;
      say();
    }
    ask();
  }

  function run(): void {
    if (isRunning) return;
    isRunning = true;
    toggle.textContent = words.pause;
    last.frame = last.summary = performance.now();
    requestAnimationFrame(frame);
  }

  function pause(): void {
    if (!isRunning) return;
    isRunning = false;
    due = 0;
    toggle.textContent = words.goOn;
    paint(true);
    say();
  }

  /** Shows settings in all controls and in the address, and begins a race with them. */
  function change(wanted: Settings): void {
    const own = fitting(wanted, list);
    form.show(own);
    lanes.forEach((lane, i) => lane.choose(own.racers[i as 0 | 1], own.data));
    preset.value = presetOf(own) ?? '';
    window.history.replaceState(window.history.state, '', `#${hashOf(own)}`);
    begin(own);
  }

  function show(own: Settings): void {
    change(own);
    run();
  }

  return {
    element,
    show,
    stop: () => {
      isRunning = false;
      worker.terminate();
    },
  };
}

/** Settings whose losses fit the data. In place of one that does not, that of the first preset with these data stands. */
function fitting(settings: Settings, { offered }: LossList): Settings {
  const names = offered[settings.data];
  const usual = presetNames.map((name) => presets[name].settings).find(({ data }) => data === settings.data);
  const racer = (i: 0 | 1): Racer => {
    const own = settings.racers[i];
    return names.includes(own.loss) ? own : (usual?.racers[i] ?? { loss: names[0] ?? own.loss, options: {} });
  };
  return { ...settings, racers: [racer(0), racer(1)] };
}
