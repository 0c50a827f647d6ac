// Runs programs one after the other in one process, which is given their files, and prints as JSON what each has printed.
import { pathToFileURL } from 'node:url';
import { format } from 'node:util';
import * as tf from '@tensorflow/tfjs';

const write = console.log;
const printed = {};
// The greeting of tfjs comes with the first op.
console.warn = () => {};
tf.zeros([1]).dispose();

for (const file of process.argv.slice(2)) {
  const lines = [];
  for (const level of ['log', 'warn', 'error', 'info']) {
    console[level] = (...args) => lines.push(...format(...args).split('\n'));
  }
  try {
    await import(pathToFileURL(file).href);
  } catch (error) {
    lines.push(`${error}`);
  }
  printed[file] = lines.map((line) => line.trimEnd());
}
write(JSON.stringify(printed));
