import { lowered, type Token, tokensOf } from './tokens.js';
import { functions, type Tree } from './tree.js';

/** What a formula says that is not understood, with its place. */
export class FormulaError extends Error {
  constructor(problem: string, tokens: readonly Token[], at: number) {
    const before = tokens.slice(0, at).map(({ text }) => text);
    const after = tokens.slice(at).map(({ text }) => text);
    super(`Formula: ${problem} at the arrow in "${before.join('')} ▸ ${after.join('')}"`);
    this.name = 'FormulaError';
  }
}

/** The tree of a formula, such as `½e² if e ≤ δ, else δ·(e − ½δ)`. Throws a `FormulaError` where it is not understood. */
export function parse(text: string): Tree {
  return new Parser(tokensOf(text)).whole();
}

const closing: Readonly<Record<string, string>> = { '(': ')', '{': '}', '|': '|', '‖': '‖', '⟨': '⟩' };
const relations = new Set('=≠<>≤≥∈∉≈');
const bigSigns = new Set('ΣΠ∫');

class Parser {
  private at = 0;
  /** The brackets that are open, innermost last. */
  private readonly open: string[] = [];
  private integrals = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  whole(): Tree {
    this.space();
    const tree = this.cases();
    this.space();
    if (this.at < this.tokens.length) this.fail('nothing more is expected');
    return tree;
  }

  private cases(): Tree {
    const whole = this.relation();
    if (!this.takeWord('if')) return whole;
    // `f(x) = 0 if …`: the cases are those of the right side.
    const [left, right] = whole.kind === 'relation' && whole.signs.join() === '=' ? whole.parts : [];
    const cases = this.moreCases(right ?? whole);
    return left && right ? { kind: 'relation', parts: [left, cases], signs: ['='] } : cases;
  }

  private moreCases(first: Tree): Tree {
    const cases: { value: Tree; condition: Tree | null }[] = [{ value: first, condition: this.relation() }];
    for (;;) {
      this.space();
      if (!this.take(',')) this.fail('", else" or another case is expected');
      if (this.takeWord('else')) return { kind: 'cases', cases: [...cases, { value: this.sum(), condition: null }] };
      const value = this.sum();
      if (!this.takeWord('if')) this.fail('"if" is expected');
      cases.push({ value, condition: this.relation() });
    }
  }

  private relation(): Tree {
    const parts: (Tree | null)[] = [this.listed()];
    const signs: string[] = [];
    for (;;) {
      const here = this.at;
      this.space();
      const sign = this.peek();
      if (sign?.kind !== 'sign' || !relations.has(sign.text)) {
        this.at = here;
        const [only] = parts;
        return signs.length === 0 && only ? only : { kind: 'relation', parts, signs };
      }
      this.at++;
      signs.push(sign.text);
      this.space();
      parts.push(this.peek() === undefined ? null : this.listed());
    }
  }

  /** `y₁ … y_S`, or one sum. */
  private listed(): Tree {
    const first = this.sum();
    const factors = [first];
    for (;;) {
      const here = this.at;
      this.space();
      if (!this.take('…')) {
        this.at = here;
        return factors.length === 1 ? first : { kind: 'product', factors, hasDots: false };
      }
      factors.push({ kind: 'dots' });
      this.space();
      if (this.startsOperand()) factors.push(this.sum());
    }
  }

  private sum(): Tree {
    const terms: { sign: string; term: Tree }[] = [];
    let sign = this.takeSign();
    for (;;) {
      this.space();
      terms.push({ sign, term: this.quotient() });
      const here = this.at;
      this.space();
      sign = this.takeSign();
      if (sign === '') {
        this.at = here;
        const [only] = terms;
        return only?.sign === '' && terms.length === 1 ? only.term : { kind: 'sum', terms };
      }
    }
  }

  private takeSign(): string {
    const sign = this.peek();
    if (sign?.kind !== 'sign' || !['+', '−', '±'].includes(sign.text)) return '';
    this.at++;
    return sign.text;
  }

  /** `÷` divides the whole product before it by the factor after it. */
  private quotient(): Tree {
    const over = this.product();
    const here = this.at;
    this.space();
    if (!this.take('÷')) {
      this.at = here;
      return over;
    }
    this.space();
    const under = this.factor();
    const after = this.at;
    this.space();
    if (this.is('·') || this.is('÷')) this.fail('brackets are expected: a product after ÷ is read in two ways');
    this.at = after;
    return { kind: 'fraction', over, under };
  }

  private product(): Tree {
    const factors = [this.factor()];
    for (;;) {
      const here = this.at;
      this.space();
      if (!this.take('·')) {
        this.at = here;
        const [only] = factors;
        return factors.length === 1 && only ? only : { kind: 'product', factors, hasDots: true };
      }
      this.space();
      factors.push(this.factor());
    }
  }

  /** `/` divides what stands before it without a space, by what stands after it. */
  private factor(): Tree {
    let over = this.adjacent();
    while (this.take('/')) over = { kind: 'fraction', over, under: this.adjacent() };
    return over;
  }

  /** Things without anything between them are multiplied: `2πe`, `½e²`. */
  private adjacent(): Tree {
    const factors = [this.scripted()];
    while (this.startsOperand() && !this.endsIntegral()) factors.push(this.scripted());
    const [only] = factors;
    return factors.length === 1 && only ? only : { kind: 'product', factors, hasDots: false };
  }

  private startsOperand(): boolean {
    const token = this.peek();
    if (token === undefined) return false;
    if (token.kind !== 'sign') return ['number', 'symbol', 'word'].includes(token.kind);
    const innermost = this.open.at(-1);
    if (token.text === '|' || token.text === '‖') return innermost !== token.text && this.isOpening(token.text);
    return ['(', '⟨', '√'].includes(token.text) || bigSigns.has(token.text);
  }

  /** Whether a bar here opens: after an operand it separates, as in `KL(p‖q)`, unless a number stands before it. */
  private isOpening(bar: string): boolean {
    const before = this.tokens[this.at - 1];
    return (
      before === undefined || before.kind === 'space' || (before.kind === 'sign' && ![')', bar].includes(before.text))
    );
  }

  private scripted(): Tree {
    const of = this.atom();
    return this.withScripts(of);
  }

  private withScripts(of: Tree): Tree {
    let above: Tree | null = null;
    let below: Tree | null = null;
    let primes = '';
    let hasFactorial = false;
    for (;;) {
      const token = this.peek();
      if (token?.kind === 'super') above = this.once(above, () => raised(this.next().text), 'power');
      else if (token?.kind === 'sub') below = this.once(below, () => signOrTree(lowered(this.next().text)), 'index');
      else if (this.take('^')) above = this.once(above, () => this.script(), 'power');
      else if (this.take('_')) below = this.once(below, () => this.index(), 'index');
      else if (this.take('′')) primes += '′';
      else if (this.take('!')) hasFactorial = true;
      else break;
    }
    const isPlain = above === null && below === null && primes === '' && !hasFactorial;
    return isPlain ? of : { kind: 'scripted', of, above, below, primes, hasFactorial };
  }

  private once(already: Tree | null, read: () => Tree, what: string): Tree {
    if (already !== null) this.fail(`a second ${what} is not expected`);
    return read();
  }

  /** What stands after `^`: in braces or brackets, or one thing with its index. */
  private script(): Tree {
    if (this.is('{')) return this.braces();
    if (this.is('(')) return this.inner('(');
    const of = this.plain();
    return this.peek()?.kind === 'sub' || this.is('_') ? this.withScripts(of) : of;
  }

  /** What stands after `_`: in braces, or letters, each an index of its own. */
  private index(): Tree {
    if (this.is('{')) return this.braces();
    const token = this.peek();
    if (token?.kind === 'word' && token.text.length <= 3) {
      this.at++;
      return { kind: 'product', hasDots: false, factors: Array.from(token.text, (text) => ({ kind: 'name', text })) };
    }
    return this.plain();
  }

  private plain(): Tree {
    const token = this.peek();
    if (token?.kind === 'number') return { kind: 'number', text: this.next().text };
    if (token?.kind === 'symbol' || token?.kind === 'word') return { kind: 'name', text: this.next().text };
    return this.fail('a letter or a number is expected');
  }

  private braces(): Tree {
    return this.inner('{');
  }

  /** The contents of brackets, of which there is one part. */
  private inner(open: string): Tree {
    const parts = this.bracketed(open);
    const [only] = parts;
    return parts.length === 1 && only ? only : { kind: 'brackets', open: '', parts };
  }

  private bracketed(open: string): readonly Tree[] {
    const close = closing[open] ?? '';
    if (!this.take(open)) this.fail(`"${open}" is expected`);
    this.open.push(open);
    const parts: Tree[] = [];
    do {
      this.space();
      parts.push(this.barred());
      this.space();
    } while (this.take(','));
    this.open.pop();
    if (!this.take(close)) this.fail(`"${close}" is expected`);
    return parts;
  }

  /** `P‖Q` within brackets is one argument of two distributions. */
  private barred(): Tree {
    const first = this.cases();
    const bar = this.is('‖') && this.open.at(-1) !== '‖' ? '‖' : this.is('|') && this.open.at(-1) !== '|' ? '|' : '';
    if (bar === '') return first;
    this.at++;
    return { kind: 'relation', parts: [first, this.cases()], signs: [bar] };
  }

  private atom(): Tree {
    const token = this.peek();
    if (token === undefined) return this.fail('something to calculate with is expected');
    if (token.kind === 'number') return { kind: 'number', text: this.next().text };
    if (token.kind === 'symbol') return this.called({ kind: 'name', text: this.next().text });
    if (token.kind === 'word') return token.text in functions ? this.functionCall() : this.called(this.plain());
    if (token.kind === 'sign') {
      if (bigSigns.has(token.text)) return this.big(this.next().text);
      if (token.text === '√') return this.root();
      if (token.text === '…') {
        this.at++;
        return { kind: 'dots' };
      }
      if (token.text in closing && token.text !== '{')
        return { kind: 'brackets', open: token.text, parts: this.bracketed(token.text) };
    }
    return this.fail('something to calculate with is expected');
  }

  /** `f(x)`: brackets right after a letter hold its arguments. */
  private called(name: Tree): Tree {
    if (!this.is('(')) return name;
    return { kind: 'call', name, argument: { kind: 'brackets', open: '(', parts: this.bracketed('(') } };
  }

  private functionCall(): Tree {
    const { text } = this.next();
    const name = this.withScripts({ kind: 'name', text });
    if (this.is('(')) return { kind: 'call', name, argument: this.atom() };
    if (name.kind === 'scripted' && name.below !== null && name.above === null && (text === 'max' || text === 'min')) {
      this.space();
      return { kind: 'big', sign: text, below: name.below, body: this.product(), by: '' };
    }
    this.space();
    if (!this.startsOperand()) return this.fail(`the argument of ${text} is expected`);
    return { kind: 'call', name, argument: this.adjacent() };
  }

  private root(): Tree {
    this.at++;
    return { kind: 'root', of: this.is('(') ? this.inner('(') : this.plain() };
  }

  private big(sign: string): Tree {
    const scripts = this.withScripts({ kind: 'dots' });
    const below = scripts.kind === 'scripted' ? scripts.below : null;
    if (sign === '∫') this.integrals++;
    this.space();
    const body = this.product();
    if (sign !== '∫') return { kind: 'big', sign, below, body, by: '' };
    this.space();
    const by = this.peek();
    if (by?.kind !== 'word' || !/^d[a-z]$/.test(by.text)) return this.fail('an integral ends with dx');
    this.integrals--;
    this.at++;
    return { kind: 'big', sign, below, body, by: by.text.slice(1) };
  }

  private endsIntegral(): boolean {
    return this.integrals > 0 && /^d[a-z]$/.test(this.peek()?.text ?? '');
  }

  private peek(): Token | undefined {
    return this.tokens[this.at];
  }

  private is(sign: string): boolean {
    return this.peek()?.kind === 'sign' && this.peek()?.text === sign;
  }

  private next(): Token {
    const token = this.peek();
    if (token === undefined) return this.fail('more is expected');
    this.at++;
    return token;
  }

  private take(sign: string): boolean {
    if (!this.is(sign)) return false;
    this.at++;
    return true;
  }

  private takeWord(word: string): boolean {
    const here = this.at;
    this.space();
    if (this.peek()?.text === word) {
      this.at++;
      this.space();
      return true;
    }
    this.at = here;
    return false;
  }

  private space(): void {
    while (this.peek()?.kind === 'space') this.at++;
  }

  private fail(problem: string): never {
    throw new FormulaError(problem, this.tokens, this.at);
  }
}

const raised = (text: string): Tree => (text === 'ᵀ' ? { kind: 'name', text } : signOrTree(lowered(text)));

const signOrTree = (text: string): Tree => (text === '+' || text === '−' ? { kind: 'name', text } : parse(text));
