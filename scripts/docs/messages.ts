import {
  lackingCalls,
  type MistakenCall,
  notedCalls,
  refusedCalls,
  type ReworkedCall,
  reworkedCalls,
} from '../../test/support/messages.js';
import { header, row } from './cells.js';

const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``;

/** A message in a cell: words, not code, so that it wraps. */
const message = (text: string | null): string =>
  text === null ? '' : text.replace(/[|<*_[\]]/g, (sign) => `\\${sign}`);

const table = (columns: readonly string[], rows: readonly (readonly string[])[]): string =>
  [header(columns), ...rows.map((cells) => row(cells))].join('\n');

const call = ({ mistake, call: text }: MistakenCall): string[] => [mistake, code(text)];

const reworked = (calls: readonly ReworkedCall[]): string =>
  table(
    ['mistake', 'call', 'before', 'now'],
    calls.map((one) => [...call(one), message(one.before), message(one.now)]),
  );

export const messagesPage = (): string => `# Messages

What is said of calls that are mistakes, before and now; [\`messages.ts\`](../test/support/messages.ts) has the calls, and tests hold both columns on every backend. An error says which loss complains, about what, and what it expected. The usual entries add the remedy, as far as possible the call that was meant, in the words of the loss; \`tfjs-losses/lite\` leaves that out.

## Refused

In the usual entries, an error ends in the remedy.

${table(
  ['mistake', 'call', 'the error', 'its end now'],
  refusedCalls.map((one) => [...call(one), message(one.plain), message(`…; ${one.remedy}`)]),
)}

## Told in other words

${reworked([...reworkedCalls, ...Object.values(lackingCalls)])}

\`optimizer.minimize\` of values of examples is told before the error of TensorFlow.js where the values are the last that was computed, and the names \`computeGradients\` or \`variableGrads\` are on the stack; \`tf.grad\` takes values of any shape, and nothing else tells one from the other. TypeScript refuses the call: it is no \`Scalar\`.

## Said once on the console

Probable mistakes, of which nothing was said before. The first twenty calls of a loss are looked at, where its values can be read without waiting for a device: arrays, and tensors on the backends cpu, wasm and tensorflow; with \`validate: false\` none.

${table(
  ['mistake', 'call', 'now'],
  notedCalls.map((one) => [...call(one), message(one.now)]),
)}
`;
