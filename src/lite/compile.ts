import type { LayersModel } from '@tensorflow/tfjs-layers';
import { fail, show } from '../definition/fail.js';
import type { CompileArgs } from '../layers/compileArgs.js';
import { compileBy } from '../layers/compileBy.js';
import type { CompiledModel } from '../layers/compiledModel.js';
import type { LossNames } from '../layers/lossNames.js';

/** Losses are functions here: who knows them by name ships all of them. */
const noNames: LossNames = {
  find: () => undefined,
  get: (name) =>
    fail(
      'compile',
      `the loss is ${show(name)}, and tfjs-losses/lite/layers knows no loss by its name; expected a function, such as ` +
        `meanSquaredError, or getLoss(${show(name)}) of tfjs-losses/lite`,
    ),
  written: (name) => name,
  expected: 'a loss as a function (tfjs-losses/lite/layers knows none by its name; getLoss of tfjs-losses/lite does)',
};

/**
 * `compile` of `tfjs-losses/layers` without kernels, and without the names of losses: losses, and metrics that are
 * losses, are functions. `getLoss('mse')` of `tfjs-losses/lite` gives the one of a name.
 *
 * @throws as `compile` of `tfjs-losses/layers`; and if a loss is given by its name.
 * @example compile(model, { optimizer: 'adam', loss: huber.with({ delta: 2 }), metrics: ['accuracy', meanAbsoluteError] });
 */
export function compile<M extends LayersModel>(model: M, args: CompileArgs): CompiledModel<M> {
  return compileBy(noNames, model, args);
}
