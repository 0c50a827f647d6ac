import { fail } from '../definition/fail.js';
import { own } from '../definition/own.js';
import { classes } from '../tfjs/registries.js';

/**
 * A model or an optimizer out of its config, by tfjs's own means. tfjs-core knows the classes that are registered, but what
 * reads Keras's spelling is inside tfjs-layers: a model's method for optimizers, which takes configs of anything.
 */
export function deserialized(config: object): unknown {
  const [modelClass] = (own(classes(), 'Model') ?? []) as { readonly prototype: ReadsConfigs }[];
  if (!modelClass) fail('load', 'tfjs-layers is not there; expected it to be imported before');
  let result: unknown;
  const taking = { compile: ({ optimizer }: { optimizer: unknown }) => void (result = optimizer) };
  modelClass.prototype.loadTrainingConfig.call(taking, { optimizer_config: config });
  return result;
}

interface ReadsConfigs {
  loadTrainingConfig(this: object, config: { readonly optimizer_config: object }): void;
}
