/**
 * A call of a loss whose numbers can be changed. `site/generate/liveCalls.ts` writes its fields, value and gradient
 * into the page; TensorFlow.js and the loss are loaded at the first change.
 */
export class LiveCall extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener('input', this);
  }

  disconnectedCallback(): void {
    this.removeEventListener('input', this);
  }

  async handleEvent({ target }: Event): Promise<void> {
    if (!(target instanceof HTMLInputElement)) return;
    const { follow } = await import('./follow.js');
    follow(this, target);
  }
}
