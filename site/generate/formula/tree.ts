/** Mathematics as a tree. */
export type Tree =
  | { readonly kind: 'number'; readonly text: string }
  /** A letter, or with several letters a name, such as `IoU`. */
  | { readonly kind: 'name'; readonly text: string }
  | { readonly kind: 'dots' }
  /** A sum of terms, each with the sign before it; the first may have none. */
  | { readonly kind: 'sum'; readonly terms: readonly { readonly sign: string; readonly term: Tree }[] }
  /** Factors with dots between them, or with nothing, as in `2πe`. */
  | { readonly kind: 'product'; readonly factors: readonly Tree[]; readonly hasDots: boolean }
  | { readonly kind: 'fraction'; readonly over: Tree; readonly under: Tree }
  /** `script` of something: powers, indices and primes, each null where it is absent. */
  | {
      readonly kind: 'scripted';
      readonly of: Tree;
      readonly above: Tree | null;
      readonly below: Tree | null;
      readonly primes: string;
      readonly hasFactorial: boolean;
    }
  /** Something between brackets: `()`, `||`, `‖‖`, `⟨⟩`, `{}`; several parts have commas between them. */
  | { readonly kind: 'brackets'; readonly open: string; readonly parts: readonly Tree[] }
  /** `ln x`, `max(a, b)`, `f(x)`. */
  | { readonly kind: 'call'; readonly name: Tree; readonly argument: Tree }
  | { readonly kind: 'root'; readonly of: Tree }
  /** `Σ_c body`, `∫ body dx`, `max_c body`. */
  | {
      readonly kind: 'big';
      readonly sign: string;
      readonly below: Tree | null;
      readonly body: Tree;
      readonly by: string;
    }
  /** Parts joined by relations: `a ≤ b`; the last part is null where the relation stands at the end. */
  | { readonly kind: 'relation'; readonly parts: readonly (Tree | null)[]; readonly signs: readonly string[] }
  /** `a if x < 0, b if x < 1, else c`. */
  | {
      readonly kind: 'cases';
      readonly cases: readonly { readonly value: Tree; readonly condition: Tree | null }[];
    };

/** The functions that are written without brackets, and what TeX calls them; the others are set in upright letters. */
export const functions: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['ln', 'log', 'exp', 'max', 'min', 'cos', 'sin', 'tan', 'arctan', 'arccos', 'arcsin', 'cosh', 'sinh', 'tanh'].map(
      (name) => [name, `\\${name}`],
    ),
  ),
  ...Object.fromEntries(
    ['argmax', 'argmin', 'softmax', 'softplus', 'sigmoid', 'erf'].map((name) => [name, `\\operatorname{${name}}`]),
  ),
};

/** Functions that take a plain word as an argument, as in `ln base`. */
export const ofWords = new Set(['ln', 'log', 'exp']);
