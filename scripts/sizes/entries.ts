import * as list from '../../src/losses/index.js';

const file = (path: string): string => `./dist/esm/${path}.js`;

/** Applications by what they import from the built package. */
export const applications: Readonly<Record<string, string>> = {
  'one loss': `export { meanSquaredError } from '${file('index')}'`,
  'all losses': `export * from '${file('index')}'`,
  '`compile`': `export { compile } from '${file('layers/index')}'`,
  'all of `tfjs-losses/layers`': `export * from '${file('layers/index')}'`,
  'all of `tfjs-losses/keras`': `export * from '${file('keras/index')}'`,
  'one loss, lite': `export { meanSquaredError } from '${file('lite/index')}'`,
  'all losses, lite': `export * from '${file('lite/index')}'`,
  '`compile`, lite': `export { compile } from '${file('lite/layers')}'`,
  'all of `tfjs-losses/lite/layers`': `export * from '${file('lite/layers')}'`,
  'all of `tfjs-losses/lite/keras`': `export * from '${file('lite/keras')}'`,
};

export const lossNames: readonly string[] = Object.keys(list);

/** An application of one loss, without kernels: those are the same for all. */
export const ofLoss = (name: string): string => `export { ${name} } from '${file('lite/index')}'`;
