/** `<loss-plot loss="huber">`: the plot of a loss, which moves with its options. */
export class LossPlot extends HTMLElement {
  #isConnected = false;

  connectedCallback(): void {
    if (this.#isConnected) return;
    this.#isConnected = true;
    void import('./connect.js').then(({ connect }) => connect(this));
  }
}
