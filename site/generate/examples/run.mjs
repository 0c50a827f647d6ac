// Runs programs, whose files are its arguments, one after the other in one process, and prints as JSON what each has printed.
import { pathToFileURL } from 'node:url';
import { format } from 'node:util';
import * as tf from '@tensorflow/tfjs';

const { log } = console;
let lines = [];
for (const level of ['log', 'info', 'warn', 'error']) {
  console[level] = (...args) => lines.push(...format(...args).split('\n'));
}
// The greeting of tfjs comes with the first op.
tf.zeros([1]).dispose();

const outcomes = [];
for (const file of process.argv.slice(2)) {
  lines = [];
  let error = null;
  await import(pathToFileURL(file).href).catch((thrown) => (error = String(thrown)));
  outcomes.push({ lines: lines.map((line) => line.trimEnd()), error });
}
log(JSON.stringify(outcomes));
