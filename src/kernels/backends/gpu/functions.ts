import { EXP, EXP_BOUNDS, LN2, LOG, SQRT_HALF } from '../../program/elementary.js';
import { decimal, type Language } from './language.js';

/** The functions that kernels need in a language of shaders: `larger`, `smaller`, `rounded`, `lost`, `exponential` and `ln`. */
export const functionsIn = (language: Language): string =>
  [larger, smaller, rounded, lost, exponential, ln].map((define) => define(language)).join('\n');

/** The larger number; NaN where either is NaN. */
const larger = ({ define, or, select }: Language): string =>
  define('larger', ['a', 'b'], [], select(or('isnan(a)', '(a > b)'), 'a', 'b'));

/** The smaller number; NaN where either is NaN. */
const smaller = ({ define, or, select }: Language): string =>
  define('smaller', ['a', 'b'], [], select(or('isnan(a)', '(a < b)'), 'a', 'b'));

/** x itself, of which compilers do not know how it was computed: the number of rows is not negative, but might be. */
const rounded = ({ define, bitsOf, ofBits, uniform }: Language): string =>
  define('rounded', ['x'], [], ofBits(`${bitsOf('x')} ^ (${uniform('rows')} >> 31u)`));

/** What a + b loses to rounding; 0 where the sum is not finite. */
const lost = ({ declare, define, number, select }: Language): string =>
  define(
    'lost',
    ['a', 'b'],
    [
      declare('float', 'whole', 'rounded(a + b)'),
      declare('bool', 'isFirstLarger', 'abs(b) < abs(a)'),
      declare('float', 'most', select('isFirstLarger', 'a', 'b')),
      declare('float', 'least', select('isFirstLarger', 'b', 'a')),
    ],
    select(`abs(whole) < ${number(Infinity)}`, '(most - whole) + least', '0.'),
  );

/** …(aₙ·x + aₙ₋₁)·x + … + a₀, the highest first. */
const polynomial = (x: string, coefficients: readonly number[]): string =>
  coefficients.slice(1).reduce((sum, a) => `(${sum} * ${x} + ${decimal(a)})`, decimal(coefficients[0] as number));

/** eˣ = 2ⁿ·eʳ with whole n and small r; the languages' own has as many wrong units as 3 + 2·|x|. */
const exponential = ({ declare, define, toInt, ofBits }: Language): string => {
  const [low, high] = EXP_BOUNDS.map(decimal);
  const powerOf2 = (n: string): string => ofBits(`(${toInt(n)} + 127) << 23u`);
  return define(
    'exponential',
    ['x'],
    [
      declare('float', 'given', `smaller(larger(x, ${low}), ${high})`),
      declare('float', 'n', `floor(given * ${decimal(Math.LOG2E)} + 0.5)`),
      declare('float', 'r', `(given - n * ${decimal(LN2[0])}) - n * ${decimal(LN2[1])}`),
      declare('float', 'ofRest', `1. + (r + r * r * ${polynomial('r', EXP)})`),
      // In two factors, each with half of n: they have an exponent wherever the product has one.
      declare('float', 'most', `floor(0.5 * n)`),
    ],
    `ofRest * ${powerOf2('most')} * ${powerOf2('(n - most)')}`,
  );
};

/** ln x = e·ln 2 + ln(1 + m) with whole e; the languages' own has as few as five digits near 1. */
const ln = ({ declare, define, number, select, toFloat, bitsOf, ofBits }: Language): string =>
  define(
    'ln',
    ['x'],
    [
      // Numbers without a leading 1 are made larger by 2²³ first.
      declare('bool', 'isTiny', `x < ${decimal(2 ** -126)}`),
      declare('float', 'given', select('isTiny', `x * ${decimal(2 ** 23)}`, 'x')),
      declare('int', 'e', `(${bitsOf('given')} - ${SQRT_HALF}) >> 23u`),
      declare('float', 'm', `${ofBits(`${bitsOf('given')} - (e << 23u)`)} - 1.`),
      declare('float', 'exponent', `${toFloat('e')} - ${select('isTiny', '23.', '0.')}`),
      declare('float', 'squared', `m * m`),
      declare('float', 'low', `${polynomial('m', LOG)} * m * squared + exponent * ${decimal(LN2[1])}`),
      declare('float', 'finite', `(low - 0.5 * squared + m) + exponent * ${decimal(LN2[0])}`),
      declare('float', 'ofOthers', select('x == 0.', number(-Infinity), number(NaN))),
      declare('float', 'ofPositive', select(`x < ${number(Infinity)}`, 'finite', 'x')),
    ],
    select('x > 0.', 'ofPositive', 'ofOthers'),
  );
