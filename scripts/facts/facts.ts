/** What is known about all losses, as plain JSON: for the command line, for pages, for whoever reads `dist/cli/facts.json`. */
export interface Facts {
  readonly version: string;
  /** The libraries under `elsewhere`, with the versions that the goldens were made with. */
  readonly libraries: readonly { readonly title: string; readonly version: string }[];
  readonly reductions: readonly string[];
  /** The options of every loss. */
  readonly commonOptions: readonly OptionFacts[];
  readonly losses: readonly LossFacts[];
}

export interface LossFacts {
  readonly name: string;
  readonly family: string;
  /** What it is for, such as `'multiclass classification'`. */
  readonly tasks: readonly string[];
  /** `'loss'` takes inputs and options; `'function'` is another export, such as `combine`, whose parameters its text tells. */
  readonly kind: 'loss' | 'function';
  /** Where it is written, from the root of the repository. */
  readonly source: string;
  /** The first paragraph of its docstring. */
  readonly summary: string;
  readonly formula: string;
  /** The shapes in words, as the docstring has them. */
  readonly shapes: string;
  readonly unit: string;
  /** The other paragraphs of its docstring. */
  readonly notes: readonly string[];
  /** For default options; null for a function. */
  readonly signature: string | null;
  readonly inputs: readonly InputFacts[];
  /** Its own options; see `commonOptions`. */
  readonly options: readonly OptionFacts[];
  readonly throws: string;
  /** Papers and counterparts, as the docstring has them. */
  readonly see: string;
  readonly examples: readonly { readonly code: string; readonly result: string }[];
  /** Other names that `getLoss` knows, and the options that they stand for. */
  readonly aliases: readonly { readonly name: string; readonly options: Readonly<Record<string, unknown>> }[];
  /** The class of Keras 3. */
  readonly keras: string | null;
  readonly elsewhere: readonly ElsewhereFacts[];
}

export interface InputFacts {
  readonly name: string;
  /** Its shape, such as `(...,C)`. */
  readonly shape: string;
  /** What its numbers are, with default options. */
  readonly domain: string;
  readonly expected: string;
  readonly isInteger: boolean;
}

export interface OptionFacts {
  readonly name: string;
  readonly description: string;
  /** What it accepts, in words. */
  readonly expected: string;
  /** As code; empty if there is none, and the option has to be given. */
  readonly default: string;
  /** Whether it is true or false, or that or null. */
  readonly isFlag: boolean;
  /** The words that it may be; empty if it is none. */
  readonly words: readonly string[];
  readonly isNullable: boolean;
  /** The numbers that it may be; null if it is none. */
  readonly numbers: NumberFacts | null;
  /** Whether it may be an array of numbers. */
  readonly isArray: boolean;
  /** The axis that it may have one number each for: a letter of the signature, or `'last'`; null if there is none. */
  readonly along: string | null;
}

/** Numbers that an option accepts, found by asking it. */
export interface NumberFacts {
  /** The least finite one. */
  readonly low: number;
  /** The greatest finite one. */
  readonly high: number;
  readonly isInteger: boolean;
  /** Plain numbers between both that are refused, such as 1 for the base of a logarithm. */
  readonly except: readonly number[];
  /** `'Infinity'` and `'-Infinity'`, as far as it may be these. */
  readonly infinities: readonly Infinite[];
}

export type Infinite = 'Infinity' | '-Infinity';

/** What another library calls a loss, and whether a number there is another one. */
export interface ElsewhereFacts {
  readonly library: string;
  readonly names: readonly string[];
  readonly departs: boolean;
}
