/* Functions of two numbers, as tfjs on cpu has them. Each has a loop of its own: the compiler makes fast what calls nothing. */

/** From places in two arrays, each with the distance to the next, to the places of a third from one to another. */
export type Binary = (
  a: Float32Array,
  i: number,
  nextI: number,
  b: Float32Array,
  j: number,
  nextJ: number,
  y: Float32Array,
  k: number,
  end: number,
) => void;

const square = (x: number): number => x * x;

function mod(a: number, b: number): number {
  const rest = a % b;
  return (a < 0 && b < 0) || (a >= 0 && b >= 0) ? rest : (rest + b) % b;
}

export const binary: Readonly<Record<string, Binary>> = {
  Add: (a, i, nextI, b, j, nextJ, y, k, end) => {
    for (; k < end; k++, i += nextI, j += nextJ) y[k] = (a[i] as number) + (b[j] as number);
  },
  Atan2: (a, i, nextI, b, j, nextJ, y, k, end) => {
    for (; k < end; k++, i += nextI, j += nextJ) y[k] = Math.atan2(a[i] as number, b[j] as number);
  },
  EluGrad: (a, i, nextI, b, j, nextJ, y, k, end) => {
    for (; k < end; k++, i += nextI, j += nextJ)
      y[k] = (a[i] as number) * ((b[j] as number) >= 0 ? 1 : (b[j] as number) + 1);
  },
  Equal: (a, i, nextI, b, j, nextJ, y, k, end) => {
    for (; k < end; k++, i += nextI, j += nextJ) y[k] = (a[i] as number) === (b[j] as number) ? 1 : 0;
  },
  FloorDiv: (a, i, nextI, b, j, nextJ, y, k, end) => {
    for (; k < end; k++, i += nextI, j += nextJ) y[k] = Math.floor((a[i] as number) / (b[j] as number));
  },
  Greater: (a, i, nextI, b, j, nextJ, y, k, end) => {
    for (; k < end; k++, i += nextI, j += nextJ) y[k] = (a[i] as number) > (b[j] as number) ? 1 : 0;
  },
  GreaterEqual: (a, i, nextI, b, j, nextJ, y, k, end) => {
    for (; k < end; k++, i += nextI, j += nextJ) y[k] = (a[i] as number) >= (b[j] as number) ? 1 : 0;
  },
  Less: (a, i, nextI, b, j, nextJ, y, k, end) => {
    for (; k < end; k++, i += nextI, j += nextJ) y[k] = (a[i] as number) < (b[j] as number) ? 1 : 0;
  },
  LessEqual: (a, i, nextI, b, j, nextJ, y, k, end) => {
    for (; k < end; k++, i += nextI, j += nextJ) y[k] = (a[i] as number) <= (b[j] as number) ? 1 : 0;
  },
  LogicalAnd: (a, i, nextI, b, j, nextJ, y, k, end) => {
    for (; k < end; k++, i += nextI, j += nextJ) y[k] = (a[i] as number) !== 0 && (b[j] as number) !== 0 ? 1 : 0;
  },
  LogicalOr: (a, i, nextI, b, j, nextJ, y, k, end) => {
    for (; k < end; k++, i += nextI, j += nextJ) y[k] = (a[i] as number) !== 0 || (b[j] as number) !== 0 ? 1 : 0;
  },
  Maximum: (a, i, nextI, b, j, nextJ, y, k, end) => {
    for (; k < end; k++, i += nextI, j += nextJ) y[k] = Math.max(a[i] as number, b[j] as number);
  },
  Minimum: (a, i, nextI, b, j, nextJ, y, k, end) => {
    for (; k < end; k++, i += nextI, j += nextJ) y[k] = Math.min(a[i] as number, b[j] as number);
  },
  Mod: (a, i, nextI, b, j, nextJ, y, k, end) => {
    for (; k < end; k++, i += nextI, j += nextJ) y[k] = mod(a[i] as number, b[j] as number);
  },
  Multiply: (a, i, nextI, b, j, nextJ, y, k, end) => {
    for (; k < end; k++, i += nextI, j += nextJ) y[k] = (a[i] as number) * (b[j] as number);
  },
  NotEqual: (a, i, nextI, b, j, nextJ, y, k, end) => {
    for (; k < end; k++, i += nextI, j += nextJ) y[k] = (a[i] as number) !== (b[j] as number) ? 1 : 0;
  },
  Pow: (a, i, nextI, b, j, nextJ, y, k, end) => {
    for (; k < end; k++, i += nextI, j += nextJ) y[k] = (a[i] as number) ** (b[j] as number);
  },
  Prelu: (a, i, nextI, b, j, nextJ, y, k, end) => {
    for (; k < end; k++, i += nextI, j += nextJ)
      y[k] = (a[i] as number) * ((a[i] as number) < 0 ? (b[j] as number) : 1);
  },
  RealDiv: (a, i, nextI, b, j, nextJ, y, k, end) => {
    for (; k < end; k++, i += nextI, j += nextJ) y[k] = (a[i] as number) / (b[j] as number);
  },
  SquaredDifference: (a, i, nextI, b, j, nextJ, y, k, end) => {
    for (; k < end; k++, i += nextI, j += nextJ) y[k] = square((a[i] as number) - (b[j] as number));
  },
  Sub: (a, i, nextI, b, j, nextJ, y, k, end) => {
    for (; k < end; k++, i += nextI, j += nextJ) y[k] = (a[i] as number) - (b[j] as number);
  },
};
