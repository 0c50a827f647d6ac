import { SingleBar } from 'cli-progress';

/** A bar on the terminal, where there is one and it takes more than a moment; it has to be stopped. */
export function progressBar(): { readonly update: (share: number) => void; readonly stop: () => void } {
  if (!process.stderr.isTTY) return { update: () => undefined, stop: () => undefined };
  const bar = new SingleBar({
    stream: process.stderr,
    format: '{bar} {percentage} %, {eta_formatted} left',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    clearOnComplete: true,
    hideCursor: true,
  });
  const begin = Date.now();
  let isShown = false;
  return {
    update: (share) => {
      if (!isShown && Date.now() - begin < 500) return;
      if (!isShown) bar.start(1000, 0);
      isShown = true;
      bar.update(Math.round(1000 * share));
    },
    stop: () => {
      if (isShown) bar.stop();
    },
  };
}
