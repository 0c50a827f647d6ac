/* The custom elements of the site: the code of each is loaded when a page has one, and TensorFlow.js when it is first used. */

const elements: Readonly<Record<string, () => Promise<CustomElementConstructor>>> = {
  'live-call': () => import('./liveCall/liveCall.js').then(({ LiveCall }) => LiveCall),
  'loss-filter': () => import('./loss/filter.js').then(({ LossFilter }) => LossFilter),
  'loss-playground': () => import('./playground/element.js').then(({ LossPlayground }) => LossPlayground),
  'loss-plot': () => import('./lossPlot/element.js').then(({ LossPlot }) => LossPlot),
  'loss-race': () => import('./race/element.js').then(({ LossRace }) => LossRace),
  'run-here': () => import('./runHere/runHere.js').then(({ RunHere }) => RunHere),
};

const waiting = new Set(Object.keys(elements));

/** Defines the elements that the page has by now. */
function defineFound(): void {
  for (const name of waiting) {
    if (!document.querySelector(name)) continue;
    waiting.delete(name);
    void elements[name]?.().then((element) => customElements.define(name, element));
  }
  if (waiting.size === 0) observer.disconnect();
}

const observer = new MutationObserver(defineFound);
observer.observe(document.body, { childList: true, subtree: true });
defineFound();
