import { engine, type Tensor } from '@tensorflow/tfjs-core';

/** What has been made, and how to make it undone. */
export interface Made<T> {
  readonly result: T;
  /** Disposes every tensor and variable that was made with it. */
  readonly discard: () => void;
}

/** Makes something of tensors and variables at once; if that throws, none of them stays. */
export function allOrNothing<T>(make: () => T): Made<T> {
  const { state } = engine();
  const before = new Set(Object.values(state.registeredVariables));
  engine().startScope();
  const tensors = state.activeScope.track;
  const disposing = (made: readonly Tensor[]) => (): void => {
    for (const x of made) if (!x.isDisposed) x.dispose();
  };
  const everything = (): Tensor[] => [
    ...tensors,
    ...Object.values(state.registeredVariables).filter((variable) => !before.has(variable)),
  ];
  try {
    const result = make();
    const made = everything();
    engine().endScope(tensors);
    return { result, discard: disposing(made) };
  } catch (error) {
    const made = everything();
    engine().endScope(tensors);
    disposing(made)();
    throw error;
  }
}
