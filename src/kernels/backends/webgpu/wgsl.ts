import type { ShaderLanguage } from '../gpu/device.js';
import { functionsIn } from '../gpu/functions.js';
import { decimal, type Language, type Team, type Type } from '../gpu/language.js';

const types: Readonly<Record<Type, string>> = { float: 'f32', int: 'i32', bool: 'bool' };

const language: Language = {
  declare: (type, name, value) => `var ${name} : ${types[type]} = ${value};`,
  define: (name, args, lines, result) =>
    [`fn ${name}(${args.map((arg) => `${arg} : f32`).join()}) -> f32 {`, ...lines, `return ${result};`, `}`].join('\n'),
  // There are no literals of these; tfjs hands them over.
  number: (value) =>
    Number.isNaN(value)
      ? 'uniforms.NAN'
      : Number.isFinite(value)
        ? decimal(value)
        : `(${value < 0 ? '-' : ''}uniforms.INFINITY)`,
  toFloat: (x) => `f32(${x})`,
  toInt: (x) => `i32(${x})`,
  bitsOf: (x) => `bitcast<i32>(${x})`,
  ofBits: (bits) => `bitcast<f32>(${bits})`,
  select: (condition, a, b) => `select(${b}, ${a}, ${condition})`,
  and: (a, b) => `(${a} & ${b})`,
  or: (a, b) => `(${a} | ${b})`,
  uniform: (name) => `uniforms.${name}`,
  // tfjs casts without converting: a buffer may hold another type than its tensor.
  read: (name, { byRow, byColumn }, { row, column }) => {
    const index = byRow && byColumn ? `${row} * uniforms.columns + ${column}` : byRow ? row : byColumn ? column : '0';
    return `f32(${name}[${index}])`;
  },
  readCell: (name, { row, column }, columns) => `${name}[(${row}) * ${columns} + ${column}]`,
  readNumber: (which, item) => `numbers[${which} * uniforms.numbersShape.y + ${item}]`,
};

const functions = functionsIn(language);

/** What the threads of a team have found, added up two by two. */
const together = (size: number, name: string, of: (a: string, b: string) => string): string => `
fn ${name}(x : f32) -> f32 {
  workgroupBarrier();
  found[localIndex] = x;
  workgroupBarrier();
  for (var step = ${size / 2}u; step > 0u; step /= 2u) {
    if (localIndex < step) {
      found[localIndex] = ${of('found[localIndex]', 'found[localIndex + step]')};
    }
    workgroupBarrier();
  }
  return found[0];
}
`;

const ofTeams = (size: number): string =>
  size === 1
    ? ''
    : [
        `var<workgroup> found : array<f32, ${size}>;`,
        together(size, 'sum', (a, b) => `${a} + ${b}`),
        together(size, 'largest', (a, b) => `larger(${a}, ${b})`),
      ].join('\n');

const teamOf = (size: number): Team => ({ size, lane: 'lane', together: (op, x) => `${op}(${x})` });

/** A team takes so many items for each of its threads. */
const SHARE = 64;

const [small, large] = [64, 256];

/** `index` is that of the thread: teams come one after another. */
const main = (size: number, lines: readonly string[]): string =>
  [functions, ofTeams(size), 'fn main(index : i32) {', ...lines, '}'].join('\n');

export const wgsl: ShaderLanguage = {
  name: 'wgsl',
  language,
  team: (items) => teamOf(items <= 16 ? 1 : items <= small * SHARE ? small : large),
  chunk: (items) => Math.min(items, large * SHARE),
  parts: 1,
  // All threads go through all barriers: those without a row of their own take the last one, and write nothing.
  ofRows: (nodes, write, { size }) => {
    const { lines, values } = write(nodes);
    return main(size, [
      `let team = index / ${size};`,
      `let lane = index % ${size};`,
      `let row = min(team, uniforms.rows - 1);`,
      ...lines,
      `if (lane == 0 && team < uniforms.rows) {`,
      ...values.map((value, i) => `setOutputAtIndex(${i} * uniforms.rows + row, ${value});`),
      `}`,
    ]);
  },
  each: (items, { lines, values: [value = ''] }) =>
    main(1, [
      `if (index < uniforms.items) {`,
      items === 'places'
        ? `let row = index / uniforms.columns; let column = index % uniforms.columns;`
        : `let row = index;`,
      ...lines,
      `setOutputAtIndex(index, ${value});`,
      `}`,
    ]),
  sum: ({ lines, values: [value = ''] }, { size }) =>
    main(size, [
      `let team = index / ${size};`,
      `let lane = index % ${size};`,
      `let start = team * uniforms.chunk;`,
      `let stop = min(start + uniforms.chunk, uniforms.items);`,
      ...lines,
      `if (lane == 0 && start < uniforms.items) { setOutputAtIndex(team, ${value}); }`,
    ]),
};
