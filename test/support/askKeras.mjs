// Hands standard input to the process that has Keras, and its answers to standard output.
import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const folder = process.argv[2];
const socket = join(folder, 'socket');
const until = Date.now() + 120_000;
while (!existsSync(socket) && Date.now() < until) await wait(50);

const connection = connect(socket).on('error', ({ message }) => {
  console.error(`Keras does not answer: ${message}\n${readFileSync(join(folder, 'log'), 'utf8')}`);
  process.exitCode = 1;
});
process.stdin.pipe(connection, { end: false });
connection.pipe(process.stdout);
