import { functions, type Tree } from './tree.js';

/** How a formula is written. */
export interface Style {
  /** Large, on a line of its own. */
  readonly isDisplayed: boolean;
  /** The words of cases. */
  readonly words: { readonly if: string; readonly otherwise: string };
  /** Letters for names, such as p for prediction. */
  readonly letters: Readonly<Record<string, string>>;
}

/** TeX of a formula. */
export const texOf = (tree: Tree, style: Style): string => new Writer(style).write(tree, style.isDisplayed ? 0 : 1);

const greek: Readonly<Record<string, string>> = {
  α: '\\alpha',
  β: '\\beta',
  γ: '\\gamma',
  δ: '\\delta',
  ε: '\\varepsilon',
  ζ: '\\zeta',
  η: '\\eta',
  θ: '\\theta',
  κ: '\\kappa',
  λ: '\\lambda',
  μ: '\\mu',
  ν: '\\nu',
  ξ: '\\xi',
  π: '\\pi',
  ρ: '\\rho',
  σ: '\\sigma',
  τ: '\\tau',
  φ: '\\varphi',
  χ: '\\chi',
  ψ: '\\psi',
  ω: '\\omega',
  Γ: '\\Gamma',
  Δ: '\\Delta',
  Θ: '\\Theta',
  Λ: '\\Lambda',
  Π: '\\Pi',
  Σ: '\\Sigma',
  Φ: '\\Phi',
  Ψ: '\\Psi',
  Ω: '\\Omega',
  ℓ: '\\ell',
  '∞': '\\infty',
  ᵀ: '\\top',
};

const signs: Readonly<Record<string, string>> = {
  '−': '-',
  '±': '\\pm ',
  '≠': '\\ne',
  '≤': '\\le',
  '≥': '\\ge',
  '∈': '\\in',
  '∉': '\\notin',
  '≈': '\\approx',
  '<': '\\lt',
  '>': '\\gt',
  '‖': '\\,\\Vert\\,',
  '|': '\\mid',
  Σ: '\\sum',
  Π: '\\prod',
  '∫': '\\int',
  max: '\\max',
  min: '\\min',
};

const numbers: Readonly<Record<string, readonly [string, string]>> = {
  '½': ['1', '2'],
  '⅓': ['1', '3'],
  '¼': ['1', '4'],
  '¾': ['3', '4'],
};

const accents: Readonly<Record<string, string>> = { '\u0302': 'hat', '\u0303': 'tilde', '\u0304': 'bar' };

const pairs: Readonly<Record<string, readonly [string, string]>> = {
  '(': ['(', ')'],
  '{': ['\\{', '\\}'],
  '|': ['\\lvert ', '\\rvert '],
  '‖': ['\\lVert ', '\\rVert '],
  '⟨': ['\\langle ', '\\rangle '],
  '': ['', ''],
};

/** Writes trees. `depth` is 0 where there is room, 1 in a line of text or in a fraction, 2 in scripts. */
class Writer {
  constructor(private readonly style: Style) {}

  write(tree: Tree, depth: number): string {
    switch (tree.kind) {
      case 'number':
        return this.number(tree.text, depth);
      case 'name':
        return this.name(tree.text);
      case 'dots':
        return '\\ldots ';
      case 'sum':
        return tree.terms.map(({ sign, term }) => `${signs[sign] ?? sign}${this.write(term, depth)}`).join(' ');
      case 'product':
        return this.product(tree.factors, tree.hasDots, depth);
      case 'fraction':
        return this.fraction(tree.over, tree.under, depth);
      case 'scripted':
        return this.scripted(tree, depth);
      case 'brackets':
        return this.brackets(tree.open, tree.parts, depth);
      case 'call':
        return this.call(tree.name, tree.argument, depth);
      case 'root':
        return `\\sqrt{${this.write(tree.of, depth)}}`;
      case 'big':
        return this.big(tree, depth);
      case 'relation':
        return tree.parts
          .map(
            (part, i) => `${part ? this.write(part, depth) : ''} ${signs[tree.signs[i] ?? ''] ?? tree.signs[i] ?? ''} `,
          )
          .join('')
          .trim();
      case 'cases':
        return this.cases(tree.cases, depth);
    }
  }

  private number(text: string, depth: number): string {
    const parts = numbers[text];
    if (parts) return depth > 1 ? `${parts[0]}/${parts[1]}` : `\\tfrac{${parts[0]}}{${parts[1]}}`;
    const [mantissa = '', exponent] = text.split('e');
    return exponent === undefined ? text : `${mantissa === '1' ? '' : `${mantissa} \\cdot `}10^{${exponent}}`;
  }

  private name(text: string): string {
    const given = this.style.letters[text];
    if (given !== undefined) return this.name(given);
    if (text in functions) return functions[text] ?? '';
    const [letter = '', accent = ''] = Array.from(text.length === 1 ? text.normalize('NFD') : text);
    const shown = greek[letter] ?? letter;
    if (accent in accents) return `\\${accents[accent] ?? ''}{${shown}}`;
    if (text in signs) return signs[text] ?? '';
    if (text.length > 1) return `\\mathrm{${text}}`;
    return shown.startsWith('\\') ? `${shown} ` : shown;
  }

  private product(factors: readonly Tree[], hasDots: boolean, depth: number): string {
    const shown = factors.map((factor) => (isBracketedFraction(factor) && factors.length > 1 ? bare(factor) : factor));
    return shown
      .map((factor, i) => {
        const before = shown[i - 1];
        const between = before === undefined ? '' : this.times(before, factor, hasDots);
        return `${between}${this.write(factor, depth)}`;
      })
      .join('');
  }

  /** What stands between two factors: a dot only where they would run together. */
  private times(left: Tree, right: Tree, hasDots: boolean): string {
    if (left.kind === 'dots' || right.kind === 'dots' || !hasDots) return ' ';
    if (this.startsWithDigit(right) || this.isWord(left) || this.isWord(right) || endsOpen(left)) return ' \\cdot ';
    if (left.kind === 'number' && right.kind === 'fraction' && !(left.text in numbers)) return ' \\cdot ';
    // TeX itself sets functions and sums apart from what stands before them.
    if (right.kind === 'call') return isUpright(right.name) ? ' ' : '\\,';
    if (right.kind === 'big') return ' ';
    const isApart = isBracketed(right) || isBracketed(left) || left.kind === 'call' || left.kind === 'fraction';
    return isApart && left.kind !== 'number' ? '\\,' : ' ';
  }

  private startsWithDigit(tree: Tree): boolean {
    if (tree.kind === 'number') return true;
    if (tree.kind === 'scripted') return this.startsWithDigit(tree.of);
    return tree.kind === 'product' && tree.factors[0] !== undefined && this.startsWithDigit(tree.factors[0]);
  }

  private isWord(tree: Tree): boolean {
    if (tree.kind === 'scripted') return this.isWord(tree.of);
    return tree.kind === 'name' && tree.text.length > 1 && !(tree.text in this.style.letters);
  }

  private fraction(over: Tree, under: Tree, depth: number): string {
    // (a·Σ b) ÷ n is a ÷ n times the sum.
    if (over.kind === 'big' && under.kind !== 'big')
      return this.product([{ kind: 'fraction', over: one, under }, over], true, depth);
    if (over.kind === 'product' && over.factors.at(-1)?.kind === 'big' && under.kind !== 'big') {
      const before = over.factors.slice(0, -1);
      const coefficient: Tree = { kind: 'fraction', over: productOf(before), under };
      return this.product([coefficient, ...over.factors.slice(-1)], true, depth);
    }
    // ½a ÷ b is a ÷ 2b.
    if (over.kind === 'product' && isHalf(over.factors[0]))
      return this.fraction(productOf(over.factors.slice(1)), productOf([two, under]), depth);
    if (depth > 0 && isShort(over) && isShort(under))
      return `${this.write(over, depth).trim()}/${this.write(under, depth)}`;
    if (depth > 1) return `${this.write(over, depth).trim()}/${this.write(under, depth)}`;
    return `\\frac{${this.write(bare(over), 1).trim()}}{${this.write(bare(under), 1).trim()}}`;
  }

  private scripted(tree: Extract<Tree, { kind: 'scripted' }>, depth: number): string {
    const above = tree.primes.replaceAll('′', '\\prime ') + (tree.above ? this.write(tree.above, 2).trim() : '');
    const below = tree.below ? `_{${this.write(tree.below, 2).trim()}}` : '';
    const base = this.write(tree.of, depth);
    return `${base.trimEnd()}${below}${above === '' ? '' : `^{${above.trimEnd()}}`}${tree.hasFactorial ? '!' : ''}`;
  }

  private brackets(open: string, parts: readonly Tree[], depth: number): string {
    const inside = parts.map((part) => this.write(part, depth).trim()).join(', ');
    const [left, right] = pairs[open] ?? ['', ''];
    if (depth < 2 && /\\(frac|begin)/.test(inside) && open !== '')
      return `\\mathopen{}\\left${left.trim()} ${inside} \\right${right.trim()}\\mathclose{}`;
    const isAroundLimits = depth === 0 && open === '(' && /\\(sum|prod|int|max_|min_)/.test(inside);
    return isAroundLimits ? `\\Bigl( ${inside} \\Bigr)` : `${left}${inside}${right}`;
  }

  private call(name: Tree, argument: Tree, depth: number): string {
    const shown = this.write(name, depth).trimEnd();
    if (argument.kind === 'brackets') return `${shown}${this.write(argument, depth)}`;
    // A space of TeX between an upright name and its argument comes by itself.
    return `${shown} ${this.write(argument, depth)}`;
  }

  private big({ sign, below, body, by }: Extract<Tree, { kind: 'big' }>, depth: number): string {
    const limits = below ? `_{${this.write(below, 2).trim()}}` : '';
    const measure = by === '' ? '' : `\\,\\mathrm{d}${by}`;
    return `${signs[sign] ?? sign}${limits} ${this.write(body, depth)}${measure}`;
  }

  private cases(cases: Extract<Tree, { kind: 'cases' }>['cases'], depth: number): string {
    const { words } = this.style;
    const rows = cases.map(({ value, condition }) => {
      const when = condition ? `\\text{${words.if} } ${this.write(condition, 1)}` : `\\text{${words.otherwise}}`;
      return `${this.write(value, depth)} & ${when}`;
    });
    const name = depth === 0 ? 'dcases' : 'cases';
    return `\\begin{${name}} ${rows.join(rows.some((row) => row.includes('\\frac')) ? ' \\\\[1.2ex] ' : ' \\\\ ')} \\end{${name}}`;
  }
}

const one: Tree = { kind: 'number', text: '1' };
const two: Tree = { kind: 'number', text: '2' };

const isHalf = (tree: Tree | undefined): boolean => tree?.kind === 'number' && tree.text === '½';

function productOf(factors: readonly Tree[]): Tree {
  const [only] = factors;
  return factors.length === 1 && only ? only : { kind: 'product', factors, hasDots: true };
}

/** Above and below the line of a fraction no brackets are needed. */
const bare = (tree: Tree): Tree =>
  tree.kind === 'brackets' && tree.open === '(' && tree.parts.length === 1 && tree.parts[0] ? tree.parts[0] : tree;

const isShort = (tree: Tree): boolean =>
  tree.kind === 'number' ||
  tree.kind === 'name' ||
  (tree.kind === 'scripted' && isShort(tree.of) && tree.above === null);

const isUpright = (name: Tree): boolean =>
  name.kind === 'scripted' ? isUpright(name.of) : name.kind === 'name' && name.text in functions;

const isBracketed = (tree: Tree): boolean =>
  tree.kind === 'scripted' ? isBracketed(tree.of) : tree.kind === 'brackets' && tree.open !== '';

const isBracketedFraction = (tree: Tree): boolean =>
  tree.kind === 'brackets' && tree.open === '(' && tree.parts.length === 1 && tree.parts[0]?.kind === 'fraction';

/** A function without brackets would take what follows for a part of its argument. */
const endsOpen = (tree: Tree): boolean =>
  (tree.kind === 'call' && tree.argument.kind !== 'brackets' && !endsClosed(tree.argument)) || tree.kind === 'big';

const endsClosed = (tree: Tree): boolean => tree.kind === 'scripted' && endsClosed(tree.of);
