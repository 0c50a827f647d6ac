import type { Racer } from './settings.js';

/** A loss with its options, as short as a call: `generalizedCrossentropy({ q: 0.7 })`. */
export function labelOf({ loss, options }: Racer): string {
  const own = Object.entries(options).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return own.length > 0 ? `${loss}({ ${own.join(', ')} })` : loss;
}
