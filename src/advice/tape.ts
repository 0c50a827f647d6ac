import { dispose, engine, Tensor } from '@tensorflow/tfjs-core';
import type { Written } from '../call/adviceSlot.js';
import { fail, show } from '../definition/fail.js';
import { hasGradients } from '../tfjs/gradients.js';
import { privateEngine, type TapeNode } from '../tfjs/privateParts.js';
import { gradientsMissing } from './environment.js';
import { inCode } from './inCode.js';

const tape = (): TapeNode[] => privateEngine().state.activeTape ?? [];

/** How many ops tfjs has noted so far, while it computes a gradient. */
export const tapeLength = (): number => tape().length;

/**
 * Where tfjs would throw on its way back through the ops of a call, after `start` on its tape, lets it throw an error that
 * has the remedy: where an op has no derivative because none is registered, and where `minimize` gets values of examples.
 */
export function watchTape(written: Written, result: unknown, start: number): void {
  const { definition } = written;
  const noted = tape();
  const own = noted.slice(start);
  if (own.length > 0 && !hasGradients()) {
    for (const node of own) node.gradient ??= () => failOnTheWayBack(definition.name, gradientsMissing);
  }
  const last = own.at(-1);
  if (!last?.gradient || !(result instanceof Tensor) || result.rank === 0 || last.outputs?.[0]?.id !== result.id)
    return;
  const { gradient } = last;
  last.gradient = (dys) => {
    // The last op of the tape has no other output than that of the whole function, unless another gradient is within that.
    if (tape().at(-1) === last && engine().state.gradientDepth === 0 && isMinimizing()) {
      const code = inCode(written, { place: `${definition.name}.mean`, without: ['reduction'] });
      failOnTheWayBack(
        definition.name,
        `minimize wants one number, and came to values of shape ${show(result.shape)}; write ${code}, which is ` +
          "reduction: 'mean'",
      );
    }
    return gradient(dys);
  };
}

/** Throws, and disposes what tfjs has saved for the rest of the way back, which it would leave. */
function failOnTheWayBack(who: string, complaint: string): never {
  const { gradientDepth } = engine().state;
  if (gradientDepth === 0) for (const { saved = [] } of tape()) dispose([...saved]);
  return fail(who, complaint);
}

/** Deeper than the way from an op back to the optimizer. */
const FRAMES = 50;

/** Whether the gradient is for `optimizer.minimize`, which throws later; `tf.grads` takes values of any shape. */
function isMinimizing(): boolean {
  // Only V8 has a limit.
  const limited = Error as unknown as { stackTraceLimit?: number };
  const limit = limited.stackTraceLimit;
  limited.stackTraceLimit = FRAMES;
  const { stack = '' } = new Error();
  if (limit !== undefined) limited.stackTraceLimit = limit;
  return /\b(variableGrads|computeGradients)\b/.test(stack);
}
