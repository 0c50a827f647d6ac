/** Says what has come out on the console, which pages, workers and programs have, and as the global `outcome`. */
export function report(promise) {
  const outcome = promise.then(
    (numbers) => ({ numbers }),
    (error) => ({ error: String((error && error.stack) || error) }),
  );
  globalThis.outcome = outcome;
  outcome.then((all) => console.log('OUTCOME ' + JSON.stringify(all)));
}
