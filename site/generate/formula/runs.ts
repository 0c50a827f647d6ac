import { FormulaError } from './parse.js';
import { type Token, tokensOf } from './tokens.js';
import { functions, ofWords } from './tree.js';

/** A piece of a text: prose as it is, or mathematics. */
export interface Run {
  readonly isFormula: boolean;
  readonly text: string;
}

/** A text as prose and mathematics in turn. Throws where a sign of mathematics stands in no formula. */
export function runsOf(text: string): readonly Run[] {
  const tokens = tokensOf(text);
  const runs: Run[] = [];
  const add = (isFormula: boolean, from: number, to: number): void => {
    const piece = tokens
      .slice(from, to)
      .map((token) => token.text)
      .join('');
    const last = runs.at(-1);
    if (last && !last.isFormula && !isFormula) runs.splice(-1, 1, { isFormula, text: last.text + piece });
    else if (piece !== '') runs.push({ isFormula, text: piece });
  };
  for (let at = 0; at < tokens.length;) {
    const end = new Scanner(tokens).formula(at);
    if (end === null && isStray(tokens, at)) throw new FormulaError('a sign stands in no formula', tokens, at);
    add(end !== null, at, end ?? at + 1);
    at = end ?? at + 1;
  }
  return runs;
}

/** Signs that prose does not have. */
const isStray = (tokens: readonly Token[], at: number): boolean => {
  const { kind, text } = tokens[at] ?? { kind: 'space', text: '' };
  if (kind === 'super' || kind === 'sub') return true;
  return kind === 'sign' && /[+−·÷^_=≠<>≤≥∈∉≈±′‖⟨⟩√ΣΠ∫{}]/.test(text);
};

/** Words that are no names in a formula. */
const plainWords = new Set(
  'a an and are as at be by for from if in into is it less of on or than that the this to where which with else not'.split(
    ' ',
  ),
);

const operators = new Set('+−·÷/±');
const relations = new Set('=≠<>≤≥∈∉≈');
const closing: Readonly<Record<string, string>> = { '(': ')', '{': '}', '|': '|', '‖': '‖', '⟨': '⟩' };

/** Finds the end of a formula that begins at a token. */
class Scanner {
  constructor(private readonly tokens: readonly Token[]) {}

  /** The index after the last token of the formula, cases included; null if none begins here. */
  formula(from: number): number | null {
    const end = this.single(from);
    return end === null ? null : this.cases(end);
  }

  private single(from: number): number | null {
    if (!this.mayBegin(from)) return null;
    const end = this.expression(from, null);
    if (end === null || !this.isEvident(from, end)) return null;
    // `w = ` before a code word belongs to the formula.
    const sign = this.skipSpace(end);
    const next = this.skipSpace(sign + 1);
    return relations.has(this.sign(sign)) && this.tokens[next]?.kind === 'code' ? sign + 1 : end;
  }

  /** ` if condition, else value`, also with more cases between. */
  private cases(end: number): number {
    for (let at = end; ;) {
      const condition = this.after(at, 'if');
      const conditionEnd = condition === null ? null : this.expression(condition, null);
      if (condition === null || conditionEnd === null || !this.hasRelation(condition, conditionEnd)) return end;
      if (this.sign(conditionEnd) !== ',') return end;
      const other = this.after(conditionEnd + 1, 'else');
      if (other !== null) return this.expression(other, null) ?? end;
      const next = this.expression(this.skipSpace(conditionEnd + 1), null);
      if (next === null) return end;
      at = next;
    }
  }

  private after(at: number, word: string): number | null {
    const found = this.skipSpace(at);
    return this.tokens[found]?.text === word ? this.skipSpace(found + 1) : null;
  }

  /** What a formula in the midst of prose may begin with. */
  private mayBegin(at: number): boolean {
    const token = this.tokens[at];
    const before = this.tokens[at - 1];
    if (token === undefined || (before?.kind === 'word' && token.kind !== 'space' && token.kind !== 'sign'))
      return false;
    if (token.kind === 'symbol') return !/^[aAI]$/.test(token.text) || this.isNoArticle(at);
    if (token.kind === 'word') {
      if (token.text in functions) return true;
      const next = this.skipSpace(at + 1);
      const follows = this.sign(next);
      const isCalled = follows === '(' && next === at + 1;
      const isRaised = ['super', 'sub'].includes(this.tokens[at + 1]?.kind ?? '') || ['^', '_'].includes(follows);
      return isCalled || isRaised || operators.has(follows) || relations.has(follows);
    }
    return token.kind === 'number' || (token.kind === 'sign' && !',)}…!′+^_·÷/-⟩'.includes(token.text));
  }

  /** Whether a letter that may be an article is a name, by what follows it. */
  private isNoArticle(at: number): boolean {
    const next = this.tokens[this.skipSpace(at + 1)];
    if (next === undefined || next.kind === 'sub' || next.kind === 'super' || next.kind === 'prose') return true;
    if (next.kind === 'word') return ['and', 'is', 'or', 'if', 'to'].includes(next.text);
    return next.kind === 'sign' && next.text !== '(' && next.text !== '-';
  }

  /** The end of an expression; null if none stands here. `close` is the bracket that ends it, where it is in one. */
  private expression(from: number, close: string | null): number | null {
    let end: number | null = null;
    let at = from;
    for (;;) {
      const operand = this.operand(at, end !== null || close !== null, close);
      if (operand === null) return end;
      end = this.measure(operand, from);
      const next = this.skipSpace(end);
      const sign = this.sign(next);
      if (sign === '…') {
        end = next + 1;
        at = this.skipSpace(end);
        if (this.operand(at, false, close) === null) return end;
        continue;
      }
      const joins =
        operators.has(sign) || relations.has(sign) || (close !== null && (sign === ',' || isBar(sign, close)));
      if (joins && !this.isPairOfWords(end - 1, next)) {
        at = this.skipSpace(next + 1);
        // A sign of its own, as in `a = −1`.
        continue;
      }
      return end;
    }
  }

  /** The end of ` dx`, if an integral is open. */
  private measure(end: number, from: number): number {
    const next = this.skipSpace(end);
    const isMeasure = /^d[a-z]$/.test(this.tokens[next]?.text ?? '') && this.has('∫', from, end);
    return isMeasure ? next + 1 : end;
  }

  /** `mean/sum` is prose. */
  private isPairOfWords(left: number, sign: number): boolean {
    const [before, after] = [this.tokens[left], this.tokens[sign + 1]];
    return this.sign(sign) === '/' && before?.kind === 'word' && after?.kind === 'word';
  }

  /** The end of what operators join, with its powers and indices. */
  private operand(from: number, isInside: boolean, close: string | null): number | null {
    let at = from;
    const isSigned = ['−', '±', '+'].includes(this.sign(at));
    if (isSigned) at = this.skipSpace(at + 1);
    const token = this.tokens[at];
    if (token === undefined) return null;
    let end: number | null = null;
    if (token.kind === 'number' || token.kind === 'symbol') end = at + 1;
    else if (token.kind === 'word') end = this.word(at, isInside || isSigned, close);
    else if (token.kind === 'sign') {
      if ('ΣΠ∫'.includes(token.text)) return this.argument(this.scripts(at + 1), close);
      if (token.text === '√') end = this.operand(at + 1, true, close);
      else if (token.text === '…') end = at + 1;
      else if (token.text in closing && token.text !== '{') end = this.bracketed(at);
    }
    return end === null ? null : this.adjacent(this.scripts(end), close);
  }

  /** Things that follow without a space are factors. */
  private adjacent(at: number, close: string | null): number {
    const token = this.tokens[at];
    const isOperand =
      token !== undefined &&
      (token.kind === 'number' ||
        token.kind === 'symbol' ||
        (token.kind === 'sign' && ['(', '⟨', '√'].includes(token.text)) ||
        (token.kind === 'sign' && token.text === '|' && close !== '|' && this.tokens[at - 1]?.kind === 'number'));
    return isOperand ? (this.operand(at, true, close) ?? at) : at;
  }

  private word(at: number, isInside: boolean, close: string | null): number | null {
    const { text } = this.tokens[at] ?? { text: '' };
    if (text in functions) return this.function(at, text, close);
    if (plainWords.has(text) || /['’.-]/.test(text)) return null;
    const isCalled = this.sign(at + 1) === '(';
    if (isCalled) return this.bracketed(at + 1);
    return isInside || this.mayBegin(at) ? at + 1 : null;
  }

  private function(at: number, name: string, close: string | null): number | null {
    const end = this.scripts(at + 1);
    if (this.sign(end) === '(') return this.bracketed(end);
    const argument = this.skipSpace(end);
    const token = this.tokens[argument];
    if (argument === end || token === undefined) return null;
    if (token.kind === 'word' && !(token.text in functions))
      return ofWords.has(name) && !plainWords.has(token.text) ? argument + 1 : null;
    if (token.kind === 'symbol' && token.text === 'a' && !this.isNoArticle(argument)) return null;
    return this.argument(end, close);
  }

  private argument(at: number, close: string | null): number | null {
    return this.operand(this.skipSpace(at), true, close);
  }

  private bracketed(at: number): number | null {
    const open = this.sign(at);
    const close = closing[open] ?? '';
    const end = this.expression(this.skipSpace(at + 1), close);
    const last = end === null ? null : this.skipSpace(this.inCases(end, close));
    return last !== null && this.sign(last) === close ? last + 1 : null;
  }

  private inCases(end: number, close: string): number {
    return close === '|' ? end : this.cases(end);
  }

  private scripts(from: number): number {
    for (let at = from; ; at++) {
      const token = this.tokens[at];
      if (token?.kind === 'super' || token?.kind === 'sub') continue;
      const sign = this.sign(at);
      if (sign === '′' || (sign === '!' && at > 0)) continue;
      if (sign !== '^' && sign !== '_') return at;
      const next = this.tokens[at + 1];
      if (next?.kind === 'number' || next?.kind === 'symbol' || next?.kind === 'word') at++;
      else {
        const end = this.bracketed(at + 1);
        if (end === null) return at;
        at = end - 1;
      }
    }
  }

  /** Whether something in a formula says that it is one: numbers, words and brackets also stand in prose. */
  private isEvident(from: number, to: number): boolean {
    return this.tokens
      .slice(from, to)
      .some(
        ({ kind, text }) =>
          ['symbol', 'super', 'sub'].includes(kind) ||
          /[½⅓¼¾]/.test(text) ||
          (kind === 'sign' && !/[(){},…/!-]/.test(text)) ||
          text in functions,
      );
  }

  private hasRelation(from: number, to: number): boolean {
    return this.tokens.slice(from, to).some(({ kind, text }) => kind === 'sign' && relations.has(text));
  }

  private has(sign: string, from: number, to: number): boolean {
    return this.tokens.slice(from, to).some(({ text }) => text === sign);
  }

  private sign(at: number): string {
    const token = this.tokens[at];
    return token?.kind === 'sign' ? token.text : '';
  }

  private skipSpace(at: number): number {
    return this.tokens[at]?.kind === 'space' ? at + 1 : at;
  }
}

/** Within other brackets a bar separates, as in `KL(p‖q)`. */
const isBar = (sign: string, close: string): boolean => (sign === '‖' || sign === '|') && sign !== close;
