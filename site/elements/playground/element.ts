import { language } from '../language.js';
import { playgroundWords } from './words.js';

/**
 * A loss to play with. With `compact` it shows inputs, value and gradient of what its attributes say, from the moment when
 * a reader starts it; without, it is the whole playground, which starts by itself and keeps its state in the address.
 */
export class LossPlayground extends HTMLElement {
  #stop: (() => void) | null = null;

  connectedCallback(): void {
    if (this.hasAttribute('data-started')) return;
    if (!this.hasAttribute('compact')) {
      void this.#start();
      return;
    }
    if (this.querySelector('.playground-start')) return;
    const start = document.createElement('button');
    start.type = 'button';
    start.className = 'playground-start';
    start.textContent = playgroundWords[language()].start;
    start.addEventListener('click', () => void this.#start());
    this.append(start);
  }

  disconnectedCallback(): void {
    this.#stop?.();
    this.#stop = null;
    this.removeAttribute('data-started');
  }

  async #start(): Promise<void> {
    const words = playgroundWords[language()];
    this.setAttribute('data-started', '');
    const note = document.createElement('p');
    note.setAttribute('role', 'status');
    note.textContent = words.loading;
    this.append(note);
    try {
      const { startPlayground } = await import('./playground.js');
      if (this.isConnected) this.#stop = await startPlayground(this, words);
    } catch (error) {
      note.textContent = String(error);
    }
  }
}
