import type { InputKind } from '../../program/program.js';
import type { ShaderLanguage } from '../gpu/device.js';
import { functionsIn } from '../gpu/functions.js';
import { alone, decimal, type Language } from '../gpu/language.js';

const capitalized = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

const coordinates = ({ byRow, byColumn }: InputKind, row: string, column: string): string =>
  [byRow ? [row] : [], byColumn ? [column] : []].flat().join();

/** Half precision keeps whole numbers of 11 bits: the bits of a number go into so many. */
const PARTS_OF_HALF = 3;

const languageWith = (parts: number): Language => ({
  declare: (type, name, value) => `${type} ${name} = ${value};`,
  define: (name, args, lines, result) =>
    [`float ${name}(${args.map((arg) => `float ${arg}`).join()}) {`, ...lines, `return ${result};`, `}`].join('\n'),
  // There are no literals of these, and compilers compute nothing with them where they are handed over.
  number: (value) =>
    Number.isNaN(value) ? 'NAN' : Number.isFinite(value) ? decimal(value) : value > 0 ? 'infinity' : '(-infinity)',
  toFloat: (x) => `float(${x})`,
  toInt: (x) => `int(${x})`,
  bitsOf: (x) => `floatBitsToInt(${x})`,
  ofBits: (bits) => `intBitsToFloat(${bits})`,
  // Not `?`, of which compilers make branches: a shader with many of them takes minutes.
  select: (condition, a, b) => `mix(${b}, ${a}, ${condition})`,
  and: (a, b) => `(${a} && ${b})`,
  or: (a, b) => `(${a} || ${b})`,
  uniform: (name) => name,
  // `get…` is made by tfjs.
  read: (name, kind, { row, column }) => `get${capitalized(name)}(${coordinates(kind, row, column)})`,
  readCell: (name, { row, column }) => `get${capitalized(name)}(${row}, ${column})`,
  readNumber: (which, item) => {
    const read = (part: number): string => `getNumbers(${which} * ${parts} + ${part}, ${item})`;
    return parts === 1 ? read(0) : `whole(${[0, 1, 2].map(read).join()})`;
  },
});

const partsOfHalf = `
float whole(float first, float next, float last) {
  return uintBitsToFloat(uint(first) << 21 | uint(next) << 10 | uint(last));
}
float part(float x, int which) {
  uint bits = floatBitsToUint(x);
  return float(which == 0 ? bits >> 21 : which == 1 ? bits >> 10 & 2047u : bits & 1023u);
}
float finished(float x) { return isnan(x) ? x : clamp(x, -65504., 65504.); }
`;

/** Sums of up to so many numbers are made by one thread. */
const SHORT = 1024;

/** Writes GLSL for textures of full or half precision. */
export function glsl(isHalf: boolean): ShaderLanguage {
  const parts = isHalf ? PARTS_OF_HALF : 1;
  const language = languageWith(parts);
  const final = (x: string): string => `setOutput(${isHalf ? `finished(${x})` : x});`;
  const forLater = (x: string, part: string): string => `setOutput(${isHalf ? `part(${x}, ${part})` : x});`;
  const main = (lines: readonly string[]): string =>
    [functionsIn(language), isHalf ? partsOfHalf : '', 'void main() {', ...lines, '}'].join('\n');
  return {
    name: `glsl ${parts}`,
    language,
    team: () => alone,
    chunk: (items) => (items <= SHORT ? items : Math.min(SHORT, Math.max(64, Math.ceil(items / SHORT)))),
    parts,
    ofRows: (nodes, write, _, isFinal) => {
      if (isFinal) {
        const { lines, values } = write(nodes);
        return main(['int row = getOutputCoords();', ...lines, final(values[0] as string)]);
      }
      // Each thread computes one number only: neighbours, which run together, the same of different rows.
      const branches = nodes.flatMap((node, which) => {
        const { lines, values } = write([node]);
        return [`if (which == ${which}) {`, ...lines, forLater(values[0] as string, `at.x - which * ${parts}`), `}`];
      });
      return main(['ivec2 at = getOutputCoords();', `int row = at.y;`, `int which = at.x / ${parts};`, ...branches]);
    },
    each: (items, { lines, values }) => {
      const where =
        items === 'places'
          ? ['ivec2 at = getOutputCoords();', 'int row = at.x;', 'int column = at.y;']
          : ['int row = getOutputCoords();'];
      return main([...where, ...lines, final(values[0] as string)]);
    },
    sum: ({ lines, values: [value = ''] }, _, isFinal) =>
      main([
        ...(isFinal ? ['int start = 0;'] : ['ivec2 at = getOutputCoords();', 'int start = at.y * chunk;']),
        'int stop = min(start + chunk, items);',
        ...lines,
        isFinal ? final(value) : forLater(value, 'at.x'),
      ]),
  };
}
