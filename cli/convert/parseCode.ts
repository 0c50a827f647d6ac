import { type Expression, parseExpressionAt, type Property, type SpreadElement } from 'acorn';
import { combine } from '../../src/losses/composition/combine.js';
import { getLoss, type NamedLoss } from '../../src/getLoss.js';
import { refuse } from '../failure.js';

/** What calls may stand in code: anything else is not run. */
const expected =
  'a loss such as huber, huber.with({ delta: 2 }) or combine({ dice: [dice, 1], bce: [binaryCrossentropy, 0.5] })';

/** The loss that a line of code makes; the code is read, and not run. */
export function parseLossCode(code: string): NamedLoss {
  const text = code.trim().replace(/;$/, '');
  let expression: Expression;
  try {
    expression = parseExpressionAt(text, 0, { ecmaVersion: 'latest' });
  } catch (error) {
    return refuse(
      'code',
      `${JSON.stringify(text.slice(0, 80))}: ${error instanceof Error ? error.message : String(error)}`,
      expected,
    );
  }
  if (text.slice(expression.end).trim() !== '')
    refuse('code', `${JSON.stringify(text.slice(expression.end))} follows a loss`, expected);
  const value = valueOf(expression);
  return typeof value === 'function'
    ? (value as NamedLoss)
    : refuse('code', `${JSON.stringify(text.slice(0, 80))} is no loss`, expected);
}

const constants: Readonly<Record<string, unknown>> = { Infinity, NaN, undefined };

function valueOf(node: Expression | SpreadElement): unknown {
  switch (node.type) {
    case 'Literal':
      if (node.regex || node.bigint !== undefined) break;
      return node.value;
    case 'Identifier':
      return Object.hasOwn(constants, node.name) ? constants[node.name] : getLoss(node.name);
    case 'UnaryExpression':
      if (node.operator === '-') return -Number(valueOf(node.argument));
      break;
    case 'ArrayExpression':
      return node.elements.map((element) => (element ? valueOf(element) : undefined));
    case 'ObjectExpression':
      return Object.fromEntries(node.properties.map((property) => entryOf(property)));
    case 'MemberExpression':
      if (node.object.type === 'Identifier' && node.object.name === 'Math' && nameOf(node.property) === 'E')
        return Math.E;
      break;
    case 'CallExpression': {
      const given = node.arguments.map(valueOf);
      if (node.callee.type === 'Identifier' && node.callee.name === 'combine') {
        return (combine as unknown as (...args: unknown[]) => unknown)(...given);
      }
      if (node.callee.type === 'Identifier' && node.callee.name === 'getLoss') return getLoss(String(given[0]));
      if (
        node.callee.type === 'MemberExpression' &&
        nameOf(node.callee.property) === 'with' &&
        node.callee.object.type !== 'Super'
      ) {
        return (valueOf(node.callee.object) as NamedLoss).with(given[0] as object);
      }
      break;
    }
  }
  return refuse('code', `there is a ${node.type}`, expected);
}

const nameOf = (node: { readonly type: string; readonly name?: string; readonly value?: unknown }): string =>
  node.type === 'Identifier' ? (node.name ?? '') : String(node.value);

function entryOf(property: Property | SpreadElement): [string, unknown] {
  if (property.type === 'SpreadElement' || property.computed)
    return refuse('code', `there is a ${property.type}`, 'options by their names');
  return [nameOf(property.key), valueOf(property.value)];
}
