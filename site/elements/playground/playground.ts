import { getBackend } from '@tensorflow/tfjs-core';
import '../../../src/index.js';
import { getLoss } from '../../../src/getLoss.js';
import { language } from '../language.js';
import { make } from '../make.js';
import { backendsHere, useBackend } from './backends.js';
import { codePart } from './codePart.js';
import { type Task, timeOf, wholeOutcomeOf } from './compute.js';
import { type Curve, curveOf } from './curve.js';
import { curvePart } from './curvePart.js';
import { type Editor, editorOf, messageOf } from './editor.js';
import { takes } from './fitting.js';
import { frames, whenIdle } from './frames.js';
import {
  carriedOver,
  classesOf,
  firstMoving,
  type InputPlan,
  plansOf,
  rowCountOf,
  throughActivation,
  withRows,
} from './inputs.js';
import type { Families } from './lossSelect.js';
import { indicesOf } from './numbers.js';
import { completed, filled, type FullState, shortened, stateOfAttributes } from './opening.js';
import { type Side, sideOf } from './side.js';
import { comparison, formatHash, parseHash, type Place, type Setting } from './state.js';
import { buttonOf, toolbarOf } from './toolbar.js';
import type { Values } from './values.js';
import type { PlaygroundWords } from './words.js';

/** How often value and gradient are computed for their time. */
const RUNS = 15;

/** A loss of a setting with what it takes. */
const plansFor = ({ loss, options }: Setting): readonly InputPlan[] => plansOf(getLoss(loss), options);

/** Puts the playground in place of what an element holds; the result takes it down again. */
export async function startPlayground(host: HTMLElement, words: PlaygroundWords): Promise<() => void> {
  const isCompact = host.hasAttribute('compact');
  const families = JSON.parse(host.getAttribute('families') ?? '{}') as Families;
  const backends = isCompact ? (['cpu'] as const) : await backendsHere();
  await useBackend('cpu');

  const toolbar = toolbarOf({
    words,
    backends,
    change: (part) => {
      const { activation = state.activation } = part;
      const isOther = (activation === 'none') !== (state.activation === 'none');
      const inputs = isOther ? throughActivation(plansFor(state.settings[0]), state.inputs, activation) : state.inputs;
      set({ ...state, ...part, inputs });
    },
    compare: () => {
      const [first, second] = state.settings;
      set({ ...state, settings: second ? [first] : [first, first] });
    },
    share: () => {
      writeHash();
      void navigator.clipboard.writeText(location.href).then(() => toolbar.say(words.shared));
    },
    reset: () => set(filled(comparison)),
  });
  const sides = make(document, 'div', { class: 'playground-sides' });
  const inputs = make(document, 'div', { class: 'playground-inputs' });
  const rows = make(
    document,
    'div',
    { class: 'playground-buttons' },
    buttonOf(words.addRow, () => changeRows(1)),
    buttonOf(words.removeRow, () => changeRows(-1)),
  );
  const curves = curvePart(words);
  const code = codePart(words);

  let shown: readonly Side[] = [];
  let editors: readonly Editor[] = [];
  let editorsFor = '';
  /** Grows with every change that makes another curve. */
  let curveVersion = 0;
  let version = 0;

  function opening(): FullState {
    if (isCompact) return filled(stateOfAttributes((name) => host.getAttribute(name)));
    try {
      return filled(parseHash(location.hash) ?? comparison);
    } catch (error) {
      toolbar.say(words.badLink(messageOf(error)));
      return filled(comparison);
    }
  }
  let state = opening();

  const tasks = (): Task[] =>
    state.settings.map((setting) => ({
      loss: getLoss(setting.loss),
      options: setting.options,
      plans: plansFor(setting),
      inputs: state.inputs,
      activation: state.activation,
      reduction: state.reduction,
    }));

  const along = (): Place => {
    const { input, entry } = state.along ?? { input: firstMoving(plansFor(state.settings[0])), entry: 0 };
    return (state.inputs[input]?.data.length ?? 0) > entry ? { input, entry } : { input: 0, entry: 0 };
  };

  /** Shows another state, as a whole or as far as it has changed. */
  function set(next: FullState): void {
    state = next;
    version += 1;
    curveVersion += 1;
    show();
    ask();
  }

  /** Computes soon; until then the playground is busy. */
  function ask(): void {
    host.setAttribute('aria-busy', 'true');
    compute.request();
  }

  function show(): void {
    const [first] = state.settings;
    const plans = plansFor(first);
    toolbar.show(
      state,
      state.settings.some((setting) => plansFor(setting).some(({ isActivated }) => isActivated)),
    );
    if (shown.length !== state.settings.length) {
      shown = state.settings.map((_, i) => shown[i] ?? newSide(i));
      sides.replaceChildren(...shown.map(({ element }) => element));
    }
    state.settings.forEach((setting, i) => shown[i]?.show(setting));
    shown[1]?.allow((loss) => takes(plansFor({ loss, options: {} }), state.inputs, state.activation));
    showEditors(plans);
  }

  function newSide(i: number): Side {
    const change = (setting: Setting): void => (i === 0 ? changeFirst(setting) : changeSecond(setting));
    return sideOf({
      number: i + 1,
      isCompact,
      words,
      families,
      choose: (loss) => change({ loss, options: {} }),
      setOptions: (options) => change({ loss: state.settings[i]?.loss ?? '', options }),
    });
  }

  /** The first loss says what the inputs are. */
  function changeFirst(setting: Setting): void {
    const [before, second] = state.settings;
    const plans = plansFor(setting);
    const own = carriedOver(plans, setting.options, { plans: plansFor(before), inputs: state.inputs });
    const isKept = takes(plans, state.inputs, state.activation) && state.activation !== 'none';
    const next = isKept ? state.inputs : own;
    const isStill = second && takes(plansFor(second), next, state.activation);
    const complete = completed(setting, next);
    set({ ...state, settings: isStill ? [complete, second] : [complete], inputs: next });
  }

  function changeSecond(setting: Setting): void {
    set({ ...state, settings: [state.settings[0], completed(setting, state.inputs)] });
  }

  function changeRows(by: number): void {
    const [first] = state.settings;
    const plans = plansFor(first);
    const count = Math.max(1, rowCountOf(plans, state.inputs) + by);
    set({ ...state, inputs: withRows(plans, state.inputs, count, first.options) });
  }

  /** New editors where other inputs are shown. */
  function showEditors(plans: readonly InputPlan[]): void {
    const classes = classesOf(plans, state.inputs);
    const sidesShown = state.settings.length;
    const kinds = plans.map(({ name, domain }, i) => [name, domain.name, state.inputs[i]?.shape]);
    const now = JSON.stringify([kinds, classes, sidesShown, state.activation, heldApart]);
    if (now === editorsFor) return;
    editorsFor = now;
    editors = plans.map((plan, i) =>
      editorOf({
        plan,
        values: state.inputs[i] as Values,
        activation: state.activation,
        classes,
        sides: sidesShown,
        isCompact,
        words,
        give: (values, entry) => give(i, values, entry),
      }),
    );
    inputs.replaceChildren(...editors.map(({ element }) => element));
  }

  /** Counts the times that inputs were changed by other ways than their editors. */
  let heldApart = 0;

  function give(input: number, values: Values, entry: number | null): void {
    const next = state.inputs.map((own, i) => (i === input ? values : own));
    if (entry === null) {
      heldApart += 1;
      set({ ...state, inputs: next });
      return;
    }
    const isInteger = plansFor(state.settings[0])[input]?.domain.integer !== undefined;
    const { input: ofCurve, entry: place } = along();
    const isAlong = ofCurve === input && place === entry;
    state = { ...state, inputs: next, along: isInteger || isAlong ? state.along : { input, entry } };
    version += 1;
    if (!isAlong) curveVersion += 1;
    ask();
  }

  async function hasBackend(): Promise<boolean> {
    if (getBackend() === state.backend) return true;
    toolbar.say(words.loadingBackend(state.backend));
    try {
      await useBackend(state.backend);
      toolbar.complainOfBackend(null);
      return true;
    } catch (error) {
      toolbar.complainOfBackend(messageOf(error));
      state = { ...state, backend: 'cpu' };
      await useBackend('cpu');
      show();
      return true;
    } finally {
      toolbar.say('');
    }
  }

  const compute = frames(async () => {
    const own = version;
    await hasBackend();
    const all = tasks();
    const outcomes = await Promise.all(
      all.map((task) => wholeOutcomeOf(task).catch((error: unknown) => messageOf(error))),
    );
    editors.forEach((editor) => editor.complain(null));
    outcomes.forEach((outcome, i) => {
      const side = shown[i];
      if (typeof outcome !== 'string') {
        side?.complain(null);
        side?.showOutcome(outcome);
        return;
      }
      side?.complain(outcome);
    });
    editors.forEach((editor, input) => {
      const fine = outcomes.map((outcome) => (typeof outcome === 'string' ? null : outcome));
      editor.showGradients(fine.map((outcome) => outcome?.gradients[input] ?? null));
      const activated = fine.find((outcome) => outcome?.activated)?.activated ?? null;
      editor.showActivated(all.some(({ plans }) => plans[input]?.isActivated) ? activated : null);
    });
    const { input, entry } = along();
    curves.mark(state.inputs[input]?.data[entry] ?? 0);
    if (own === version) host.setAttribute('aria-busy', 'false');
    if (isCompact) return;
    drawing.ask();
    resting.ask();
  });

  let drawn = -1;
  const drawing = whenIdle(0, () => void drawCurve());
  async function drawCurve(): Promise<void> {
    if (drawn === curveVersion) return;
    const own = curveVersion;
    drawn = own;
    const place = along();
    const isStale = (): boolean => own !== curveVersion;
    const found: { readonly name: string; readonly curve: Curve }[] = [];
    for (const task of tasks()) {
      const curve = await curveOf(task, place, isStale).catch(() => null);
      if (isStale()) return;
      if (curve) found.push({ name: task.loss.name, curve });
    }
    const plan = plansFor(state.settings[0])[place.input];
    const indices = indicesOf(state.inputs[place.input]?.shape ?? [], place.entry);
    curves.element.hidden = found.length === 0;
    if (found.length === 0) return;
    curves.show(`${plan?.name ?? ''}${indices.length > 0 ? ` [${indices.join(', ')}]` : ''}`, found);
  }

  const resting = whenIdle(350, () => void rest());
  async function rest(): Promise<void> {
    const own = version;
    writeHash();
    code.show(tasks().map((task) => ({ ...task, inputs: state.inputs })));
    for (const [i, task] of tasks().entries()) {
      const time = await timeOf(task, RUNS).catch(() => null);
      if (own !== version) return;
      shown[i]?.showTime(time);
    }
  }

  /** The fragment of the address that was read or written last. */
  let knownHash = location.hash;

  /** Leaves an address alone that has just been opened: the event that tells of it is still to come. */
  function writeHash(): void {
    if (location.hash !== knownHash) return;
    const hash = `#${formatHash(shortened(state))}`;
    if (hash !== knownHash) history.replaceState(history.state, '', hash);
    knownHash = location.hash;
  }

  const follow = (): void => {
    knownHash = location.hash;
    if (knownHash.replace(/^#/, '') !== formatHash(shortened(state))) {
      heldApart += 1;
      set(opening());
    }
  };

  host.replaceChildren(
    ...(isCompact
      ? [inputs, sides, wholeLink()]
      : [toolbar.element, sides, inputs, rows, curves.element, code.element]),
  );
  function wholeLink(): HTMLElement {
    const folder = `${import.meta.env.BASE_URL}${language() === 'zh' ? 'zh/' : ''}`;
    return make(document, 'a', { href: `${folder}playground.html#${formatHash(shortened(state))}` }, words.openWhole);
  }
  if (!isCompact) window.addEventListener('hashchange', follow);
  show();
  ask();
  return () => {
    window.removeEventListener('hashchange', follow);
    compute.stop();
    drawing.stop();
    resting.stop();
  };
}
