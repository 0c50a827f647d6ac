/**
 * Writes `recorded.json`: what comes of each preset, which its page shows before anything runs. Of five seeds the scores
 * after the steps that the claim names, and of the first the scores on the way: `npx tsx site/elements/race/record.ts`
 */
import { writeFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import { digitsFile } from '../../generate/digits.js';
import '../../../src/kernels/index.js';
import { type PresetName, presetNames, presets } from './presets.js';
import { outcomeOf, type Recorded } from './outcome.js';

const SEEDS = [1, 2, 3, 4, 5];

await tf.setBackend('cpu');
const file = digitsFile();
const recorded = Object.fromEntries(
  presetNames.map((name): [PresetName, Recorded] => {
    const outcomes = SEEDS.map((seed) => outcomeOf(presets[name], seed, file));
    const ends = outcomes.map(({ curve }) => curve.at(-1)?.slice(1) as [number, number]);
    process.stdout.write(`${name}: ${ends.map(([a, b]) => `${a}/${b}`).join(' ')}\n`);
    return [name, { curve: outcomes[0]?.curve ?? [], ends }];
  }),
);
const path = new URL('recorded.json', import.meta.url);
writeFileSync(path, `${JSON.stringify(recorded)}\n`);
