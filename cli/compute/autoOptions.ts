import { refuse } from '../failure.js';
import { type FileCall, outlineOf } from './call.js';

/** Words for labels of 0 and 1, among those that an option knows. */
const ofZeroAndOne = ['binary', 'multiHot'];

/**
 * A call in which nothing is left to be told from all labels: an option that is `'auto'` has the word for labels of 0 and 1, or
 * the other one. The labels are read once for it, unless one block holds them.
 */
export async function resolvedWords(call: FileCall, rows: number): Promise<FileCall> {
  const { definition, options } = outlineOf(call);
  const [labels] = call.inputs;
  const name = Object.keys(options).find((option) => options[option] === 'auto');
  if (name === undefined || !labels || (labels.shape[0] ?? Infinity) <= rows) return call;
  const words = [...(definition.options[name]?.[1].expected ?? '').matchAll(/'(\w+)'/g)].map(([, word = '']) => word);
  const [own, other] = [true, false].map((is) =>
    words.find((word) => word !== 'auto' && ofZeroAndOne.includes(word) === is),
  );
  if ('mask' in call.arrays || options['ignoreNaN'] === true) {
    refuse(
      call.loss.name,
      `${name} is 'auto', with a mask, in blocks`,
      `${name} ${[own, other].map((word) => `'${word}'`).join(' or ')}`,
    );
  }
  const reader = await labels.open();
  try {
    for (;;) {
      const data = await reader.read(rows);
      if (data.length === 0) return { ...call, options: { ...call.options, [name]: own } };
      if (data.some((x) => x !== 0 && x !== 1)) return { ...call, options: { ...call.options, [name]: other } };
    }
  } finally {
    await reader.close();
  }
}
