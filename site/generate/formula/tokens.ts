/** A piece of text: mathematics is told from prose by `runs.ts`. */
export interface Token {
  readonly kind: 'code' | 'space' | 'number' | 'word' | 'symbol' | 'super' | 'sub' | 'sign' | 'prose';
  readonly text: string;
  /** Where it starts in the text. */
  readonly at: number;
}

const superscripts: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Array.from('⁰¹²³⁴⁵⁶⁷⁸⁹', (letter, digit) => [letter, String(digit)])),
  '⁺': '+',
  '⁻': '−',
  ᵀ: 'ᵀ',
  ᵃ: 'a',
  ᵇ: 'b',
  ᶜ: 'c',
  ᵈ: 'd',
  ᵉ: 'e',
  ᵍ: 'g',
  ⁱ: 'i',
  ʲ: 'j',
  ᵏ: 'k',
  ᵐ: 'm',
  ⁿ: 'n',
  ᵖ: 'p',
  ʳ: 'r',
  ˢ: 's',
  ᵗ: 't',
  ᵘ: 'u',
  ᵛ: 'v',
  ʷ: 'w',
  ˣ: 'x',
  ʸ: 'y',
  ᵅ: 'α',
  ᵝ: 'β',
  ᵞ: 'γ',
};

const subscripts: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Array.from('₀₁₂₃₄₅₆₇₈₉', (letter, digit) => [letter, String(digit)])),
  '₊': '+',
  '₋': '−',
  ₐ: 'a',
  ₑ: 'e',
  ᵢ: 'i',
  ⱼ: 'j',
  ₖ: 'k',
  ₗ: 'l',
  ₘ: 'm',
  ₙ: 'n',
  ₚ: 'p',
  ᵣ: 'r',
  ₛ: 's',
  ₜ: 't',
  ᵤ: 'u',
  ᵥ: 'v',
  ₓ: 'x',
  ᵧ: 'γ',
};

const oneOf = (letters: Readonly<Record<string, string>>): string => `[${Object.keys(letters).join('')}]+`;

/** What stands above or below the line, on the line. */
export const lowered = (text: string): string =>
  Array.from(text, (letter) => superscripts[letter] ?? subscripts[letter] ?? letter).join('');

const letter = '[A-Za-zÀ-ÖØ-öø-žȲȳ]';
const accent = '[\u0302-\u0304]?';

const kinds: readonly (readonly [Token['kind'], RegExp])[] = [
  ['code', /`[^`]*`/y],
  ['space', /\s+/y],
  ['super', new RegExp(oneOf(superscripts), 'uy')],
  ['sub', new RegExp(oneOf(subscripts), 'uy')],
  ['word', /(?:e\.g\.|i\.e\.|et al\.)/y],
  ['number', /\d+(?:\.\d+)?(?:e[-+]?\d+)?|[½⅓¼¾]/uy],
  // A Greek letter stands alone, a Latin one beside no other; a macron or a hat belongs to the letter below it.
  ['symbol', new RegExp(`(?![ΣΠ])[\\p{Script=Greek}∞ℓ]${accent}|${letter}(?!${letter}|[0-9'’])${accent}`, 'uy')],
  ['word', new RegExp(`${letter}(?:${letter}|[0-9])*(?:['’-](?:${letter}|[0-9])+)*`, 'uy')],
  ['prose', /['’]s/y],
  ['sign', /[-+−·÷/^_=≠<>≤≥∈∉≈±!′…|‖(){}⟨⟩,√ΣΠ∫]/uy],
  ['prose', /[^]/uy],
];

/** The tokens of a text, which make it up without gaps. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; at += tokens.at(-1)?.text.length ?? 1) tokens.push(tokenAt(text, at));
  return tokens;
}

function tokenAt(text: string, at: number): Token {
  for (const [kind, pattern] of kinds) {
    pattern.lastIndex = at;
    const [found] = pattern.exec(text) ?? [];
    if (found !== undefined) return { kind, text: found, at };
  }
  throw new Error(`formula: no token at ${String(at)} of ${text}`);
}
