/** Work that is done once a frame at most, and again while something has changed in the meantime. */
export interface Frames {
  /** Something has changed. */
  readonly request: () => void;
  readonly stop: () => void;
}

export function frames(work: () => Promise<void>): Frames {
  let isWanted = false;
  let isRunning = false;
  let isStopped = false;
  const step = async (): Promise<void> => {
    isWanted = false;
    await work();
    if (isWanted && !isStopped) requestAnimationFrame(() => void step());
    else isRunning = false;
  };
  return {
    request: () => {
      isWanted = true;
      if (isRunning || isStopped) return;
      isRunning = true;
      requestAnimationFrame(() => void step());
    },
    stop: () => {
      isStopped = true;
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
