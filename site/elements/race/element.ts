import { make } from '../make.js';
import { presetOf, settingsFrom } from './hash.js';
import { presetNames, presets } from './presets.js';
import type { Settings } from './settings.js';
import type { Stage } from './stage.js';
import { type RaceWords, raceWords } from './words.js';

/**
 * `<loss-race>`: two losses train the same net. Until it is started it shows what stands in it from the build; its worker
 * and all that draws are loaded at the start, or when a link to a race in the page is followed.
 */
export class LossRace extends HTMLElement {
  #stage: Promise<Stage> | null = null;
  #connection: AbortController | null = null;

  connectedCallback(): void {
    const words = raceWords(document.documentElement.lang);
    this.#connection = new AbortController();
    const { signal } = this.#connection;
    const settings = settingsOfPage() ?? presets[presetNames[0]].settings;
    const bar = this.#startBar(words, settings);
    this.querySelector('.race-bar')?.remove();
    this.prepend(bar);
    window.addEventListener(
      'hashchange',
      () => {
        const linked = settingsOfPage();
        if (!linked) return;
        this.scrollIntoView({ block: 'start' });
        this.#show(linked, words);
      },
      { signal },
    );
  }

  disconnectedCallback(): void {
    this.#connection?.abort();
    void this.#stage?.then((stage) => stage.stop());
    this.#stage = null;
  }

  /** The choice of a race and the button that starts it. */
  #startBar(words: RaceWords, settings: Settings): HTMLElement {
    const chosen = presetOf(settings);
    const select = make(
      document,
      'select',
      {},
      ...presetNames.map((name) =>
        make(document, 'option', { value: name, selected: name === chosen }, words.presets[name]),
      ),
      ...(chosen === null ? [make(document, 'option', { value: '', selected: true }, words.own)] : []),
    );
    const start = make(document, 'button', { type: 'button', class: 'race-start' }, words.start);
    start.addEventListener('click', () => {
      const preset = presetNames.find((name) => name === select.value);
      start.disabled = true;
      start.textContent = words.loading;
      this.#show(preset ? presets[preset].settings : settings, words);
    });
    return make(document, 'div', { class: 'race-bar' }, make(document, 'label', {}, `${words.preset} `, select), start);
  }

  /** Runs a race with these settings, on the stage that is there or on a new one. */
  #show(settings: Settings, words: RaceWords): void {
    if (this.#stage) {
      void this.#stage.then((stage) => stage.show(settings));
      return;
    }
    this.#stage = import('./stage.js').then(async ({ stageOf }) => {
      const stage = await stageOf(document, words);
      this.replaceChildren(stage.element);
      // The button that had the focus is gone.
      this.querySelector('button')?.focus({ preventScroll: true });
      stage.show(settings);
      return stage;
    });
  }
}

const settingsOfPage = (): Settings | null => settingsFrom(location.hash.slice(1));
