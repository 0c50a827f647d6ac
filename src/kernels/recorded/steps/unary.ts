import { backend_util, type NamedAttrMap } from '@tensorflow/tfjs-core';

/* Functions of one number, as tfjs on cpu has them. Each has a loop of its own: the compiler makes fast what calls nothing. */

export type Unary = (x: Float32Array, y: Float32Array) => void;

const { ERF_P, ERF_A1, ERF_A2, ERF_A3, ERF_A4, ERF_A5, SELU_SCALE, SELU_SCALEALPHA } = backend_util;

const elu = (x: number): number => (x >= 0 ? x : Math.exp(x) - 1);

/** To the nearest whole number, halves to the even one. */
function round(x: number): number {
  const below = Math.floor(x);
  const rest = x - below;
  return rest < 0.5 || (rest === 0.5 && below % 2 === 0) ? below : rest > 0.5 ? Math.ceil(x) : below + 1;
}

/** By the approximation of tfjs. */
function erf(x: number): number {
  const size = Math.abs(x);
  const t = 1 / (1 + ERF_P * size);
  const polynomial = ((((ERF_A5 * t + ERF_A4) * t + ERF_A3) * t + ERF_A2) * t + ERF_A1) * t;
  return Math.sign(x) * (1 - polynomial * Math.exp(-size * size));
}

const selu = (x: number): number => (x >= 0 ? SELU_SCALE * x : SELU_SCALEALPHA * (Math.exp(x) - 1));

/** That of NaN is 0. */
const sign = (x: number): number => (x < 0 ? -1 : x > 0 ? 1 : 0);

/** Beyond 15 it is x, rounded. */
const softplus = (x: number): number => (x > 15 ? x : Math.log1p(Math.exp(x)));

export const unary: Readonly<Record<string, Unary>> = {
  Abs: (x, y) => {
    for (let i = 0; i < y.length; i++) y[i] = Math.abs(x[i] as number);
  },
  Acos: (x, y) => {
    for (let i = 0; i < y.length; i++) y[i] = Math.acos(x[i] as number);
  },
  Acosh: (x, y) => {
    for (let i = 0; i < y.length; i++) y[i] = Math.acosh(x[i] as number);
  },
  Asin: (x, y) => {
    for (let i = 0; i < y.length; i++) y[i] = Math.asin(x[i] as number);
  },
  Asinh: (x, y) => {
    for (let i = 0; i < y.length; i++) y[i] = Math.asinh(x[i] as number);
  },
  Atan: (x, y) => {
    for (let i = 0; i < y.length; i++) y[i] = Math.atan(x[i] as number);
  },
  Atanh: (x, y) => {
    for (let i = 0; i < y.length; i++) y[i] = Math.atanh(x[i] as number);
  },
  Ceil: (x, y) => {
    for (let i = 0; i < y.length; i++) y[i] = Math.ceil(x[i] as number);
  },
  Cos: (x, y) => {
    for (let i = 0; i < y.length; i++) y[i] = Math.cos(x[i] as number);
  },
  Cosh: (x, y) => {
    for (let i = 0; i < y.length; i++) y[i] = Math.cosh(x[i] as number);
  },
  Elu: (x, y) => {
    for (let i = 0; i < y.length; i++) y[i] = elu(x[i] as number);
  },
  Erf: (x, y) => {
    for (let i = 0; i < y.length; i++) y[i] = erf(x[i] as number);
  },
  Exp: (x, y) => {
    for (let i = 0; i < y.length; i++) y[i] = Math.exp(x[i] as number);
  },
  Expm1: (x, y) => {
    for (let i = 0; i < y.length; i++) y[i] = Math.expm1(x[i] as number);
  },
  Floor: (x, y) => {
    for (let i = 0; i < y.length; i++) y[i] = Math.floor(x[i] as number);
  },
  IsFinite: (x, y) => {
    for (let i = 0; i < y.length; i++) y[i] = Math.abs(x[i] as number) < Infinity ? 1 : 0;
  },
  IsInf: (x, y) => {
    for (let i = 0; i < y.length; i++) y[i] = Math.abs(x[i] as number) === Infinity ? 1 : 0;
  },
  IsNan: (x, y) => {
    for (let i = 0; i < y.length; i++) y[i] = Number.isNaN(x[i]) ? 1 : 0;
  },
  Log: (x, y) => {
    for (let i = 0; i < y.length; i++) y[i] = Math.log(x[i] as number);
  },
  Log1p: (x, y) => {
    for (let i = 0; i < y.length; i++) y[i] = Math.log1p(x[i] as number);
  },
  LogicalNot: (x, y) => {
    for (let i = 0; i < y.length; i++) y[i] = (x[i] as number) === 0 ? 1 : 0;
  },
  Neg: (x, y) => {
    for (let i = 0; i < y.length; i++) y[i] = -(x[i] as number);
  },
  Reciprocal: (x, y) => {
    for (let i = 0; i < y.length; i++) y[i] = 1 / (x[i] as number);
  },
  Relu: (x, y) => {
    for (let i = 0; i < y.length; i++) y[i] = Math.max(0, x[i] as number);
  },
  Relu6: (x, y) => {
    for (let i = 0; i < y.length; i++) y[i] = Math.min(Math.max(0, x[i] as number), 6);
  },
  Round: (x, y) => {
    for (let i = 0; i < y.length; i++) y[i] = round(x[i] as number);
  },
  Rsqrt: (x, y) => {
    for (let i = 0; i < y.length; i++) y[i] = 1 / Math.sqrt(x[i] as number);
  },
  Selu: (x, y) => {
    for (let i = 0; i < y.length; i++) y[i] = selu(x[i] as number);
  },
  Sigmoid: (x, y) => {
    for (let i = 0; i < y.length; i++) y[i] = 1 / (1 + Math.exp(-(x[i] as number)));
  },
  Sign: (x, y) => {
    for (let i = 0; i < y.length; i++) y[i] = sign(x[i] as number);
  },
  Sin: (x, y) => {
    for (let i = 0; i < y.length; i++) y[i] = Math.sin(x[i] as number);
  },
  Sinh: (x, y) => {
    for (let i = 0; i < y.length; i++) y[i] = Math.sinh(x[i] as number);
  },
  Softplus: (x, y) => {
    for (let i = 0; i < y.length; i++) y[i] = softplus(x[i] as number);
  },
  Sqrt: (x, y) => {
    for (let i = 0; i < y.length; i++) y[i] = Math.sqrt(x[i] as number);
  },
  Square: (x, y) => {
    for (let i = 0; i < y.length; i++) y[i] = (x[i] as number) * (x[i] as number);
  },
  Tan: (x, y) => {
    for (let i = 0; i < y.length; i++) y[i] = Math.tan(x[i] as number);
  },
  Tanh: (x, y) => {
    for (let i = 0; i < y.length; i++) y[i] = Math.tanh(x[i] as number);
  },
};

/** Those with numbers among their attributes. */
export const unaryWith: Readonly<Record<string, (attrs: NamedAttrMap) => Unary>> = {
  ClipByValue: (attrs) => {
    const [least, most] = [attrs['clipValueMin'] as number, attrs['clipValueMax'] as number];
    return (x, y) => {
      for (let i = 0; i < y.length; i++) {
        const value = x[i] as number;
        y[i] = value > most ? most : value < least ? least : value;
      }
    };
  },
  LeakyRelu: (attrs) => {
    const alpha = attrs['alpha'] as number;
    return (x, y) => {
      for (let i = 0; i < y.length; i++) y[i] = (x[i] as number) * ((x[i] as number) < 0 ? alpha : 1);
    };
  },
  Step: (attrs) => {
    const alpha = attrs['alpha'] as number;
    return (x, y) => {
      for (let i = 0; i < y.length; i++) {
        const value = x[i] as number;
        y[i] = value > 0 ? 1 : value <= 0 ? alpha : NaN;
      }
    };
  },
};
