/** Work that is done once a frame at most, and again while something has changed in the meantime. */
export interface Frames {
  /** Something has changed. */
  readonly request: () => void;
  readonly stop: () => void;
}

export function frames(work: () => Promise<void>): Frames {
  const now = { isWanted: false, isRunning: false, isStopped: false };
  const isDue = (): boolean => now.isWanted && !now.isStopped;
  const step = async (): Promise<void> => {
    now.isWanted = false;
    await work();
    now.isRunning = isDue();
    if (now.isRunning) requestAnimationFrame(() => void step());
  };
  return {
    request: () => {
      now.isWanted = true;
      if (now.isRunning || now.isStopped) return;
      now.isRunning = true;
      requestAnimationFrame(() => void step());
    },
    stop: () => {
      now.isStopped = true;
    },
  };
}

/** Does something when it has not been asked for again for so many milliseconds. */
export function whenIdle(
  milliseconds: number,
  work: () => void,
): { readonly ask: () => void; readonly stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    ask: () => {
      clearTimeout(timer);
      timer = setTimeout(work, milliseconds);
    },
    stop: () => clearTimeout(timer),
  };
}
