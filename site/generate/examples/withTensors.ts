import { type Expression, parseExpressionAt, type SpreadElement } from 'acorn';
import type { LossFacts } from '../../../scripts/facts/facts.js';
import { inputsOf, type Subject } from './subject.js';
import type { Nested } from './values.js';
import { programCode, tensorCode } from './write.js';

/** The example of a docstring as a program with tensors: its value, and its gradient. */
export function withTensors(facts: LossFacts, subject: Subject | null, exported: ReadonlySet<string>): string | null {
  const code = facts.examples[0]?.code;
  if (code === undefined) return null;
  const call = parseExpressionAt(code, 0, { ecmaVersion: 2022 });
  if (call.type !== 'CallExpression') return null;
  const text = ({ start, end }: Expression | SpreadElement): string => code.slice(start, end);
  const losses = [...new Set(code.match(/(?<![.\w'])[a-z]\w*/gi))].filter((name) => exported.has(name));
  const isMaker = call.callee.type === 'CallExpression';
  if (!subject && !isMaker) return programCode({ losses, blocks: [[printed(code, facts)]] });

  const inputs = subject
    ? inputsOf(subject).map(({ name, isLabels, isInteger }) => ({ name, isLabels, isInteger }))
    : [
        { name: 'labels', isLabels: true, isInteger: false },
        { name: 'predictions', isLabels: false, isInteger: false },
      ];
  const given = call.arguments.slice(0, inputs.length).map(text);
  const options = call.arguments.slice(inputs.length).map(text);
  const rank = (i: number): number => (given[i]?.match(/^\[+/)?.[0] ?? '').length;
  const areIndices = subject?.loss.definition.takesIndices !== undefined && rank(0) < rank(1);
  const tensors = inputs.map(
    ({ name, isLabels, isInteger }, i) =>
      `const ${name} = ${tensorOf(given[i] ?? '', isInteger || (isLabels && areIndices))};`,
  );
  const names = inputs.map(({ name }) => name);
  const free = inputs.filter(({ isLabels, isInteger }) => !isLabels && !isInteger).map(({ name }) => name);
  const made = isMaker ? [`const loss = ${text(call.callee as Expression)};`] : [];
  const applied = `${isMaker ? 'loss' : facts.name}(${[...names, ...options].join(', ')})`;
  return programCode({
    losses,
    blocks: [made, tensors, gradient(free, applied, !facts.examples[0]?.result.startsWith('['))],
  });
}

/** A call that gives a tensor, a number, or, of a helper without shapes, an array. */
function printed(code: string, { examples, shapes }: LossFacts): string {
  if (!examples[0]?.result.startsWith('[')) return `console.log(${code}.dataSync()[0].toFixed(4));`;
  return shapes === '' ? `console.log(${code});` : `${code}.print();`;
}

function tensorOf(code: string, isInteger: boolean): string {
  if (!/^[[\d-]/.test(code)) return code;
  return tensorCode(JSON.parse(code) as Nested, isInteger);
}

function gradient(free: readonly string[], call: string, isNumber: boolean): readonly string[] {
  const [name = ''] = free;
  const of = isNumber ? '' : 'of the sum of the values, ';
  if (free.length === 1) {
    return [
      `const { value, grad } = tf.valueAndGrad((${name}) => ${call})(${name});`,
      `value.print();`,
      `grad.print(); // ${of}for ${name}`,
    ];
  }
  const list = free.join(', ');
  return [
    `const { value, grads } = tf.valueAndGrads((${list}) => ${call})([${list}]);`,
    `value.print();`,
    `for (const grad of grads) grad.print(); // ${of}for ${list}`,
  ];
}
