import katex from 'katex';
import { collectFacts } from '../../scripts/facts/index.js';
import { FormulaError, runsOf, toTex, typeset } from '../../site/generate/formula/index.js';
import { summaryOf } from '../../site/generate/loss/summary.js';

const style = { isDisplayed: true, words: { if: 'if', otherwise: 'otherwise' }, letters: {} };

/** TeX of a formula, without the spaces that TeX does not show. */
const tex = (formula: string): string => toTex(formula, style).replace(/(?<![a-zA-Z]) | (?![a-zA-Z])/g, '');

/** Throws if KaTeX does not set a formula. */
const set = (formula: string): string => katex.renderToString(formula, { throwOnError: true, strict: 'error' });

const facts = collectFacts();

describe('formulas of docstrings', () => {
  const texts = facts.losses.flatMap(({ name, summary, notes, unit, throws, options }) =>
    [summary, unit, throws, ...notes, ...options.map(({ description }) => description)].map(
      (text) => [name, text] as const,
    ),
  );

  test('all are understood and set', () => {
    let count = 0;
    for (const [, text] of texts) {
      const written = typeset(text, style, () => ' ');
      for (const [, formula = ''] of written.matchAll(/\$([^$]*)\$/g)) {
        set(formula);
        count++;
      }
    }
    expect(count).toBeGreaterThan(400);
  });

  test.each(facts.losses.map((loss) => [loss.name, loss] as const))(
    '%s has a formula on a line of its own',
    (_, loss) => {
      const { formula, lead, rest } = summaryOf(loss, style);
      expect(formula).not.toBeNull();
      expect(() => set(formula ?? '')).not.toThrow();
      // Nothing of the summary is lost or said twice.
      for (const words of [lead, rest]) expect(loss.summary).toContain(words);
    },
  );
});

test('a bracket that is missing is noticed in the formula of each loss', () => {
  const formulas = facts.losses
    .flatMap(({ formula }) => runsOf(formula))
    .filter(({ isFormula, text }) => isFormula && text.includes(')'));
  expect(formulas.length).toBeGreaterThan(40);
  for (const { text } of formulas) {
    expect(() => toTex(text.replace(')', ''), style)).toThrow(FormulaError);
    expect(() => toTex(text.replace('(', ''), style)).toThrow(FormulaError);
  }
});

describe('the notation', () => {
  test.each([
    ['a/b', '\\frac{a}{b}'],
    ['a·b ÷ c', '\\frac{a b}{c}'],
    ['½e²/β', '\\frac{e^{2}}{2\\beta}'],
    ['−(1/C)·Σ_c x_c', '-\\frac{1}{C}\\sum_{c}x_{c}'],
    ['w·Σ_{c≠y} x_c ÷ C', '\\frac{w}{C}\\sum_{c\\ne y}x_{c}'],
    ['y²⁻ᵖ', 'y^{2-p}'],
    ['eˣ − y·x', 'e^{x}-y x'],
    ['e^(−y·x)', 'e^{-y x}'],
    ['e^{γ·d_ij}', 'e^{\\gamma d_{i j}}'],
    ['(α/2)^(α/2)', '\\mathopen{}\\left(\\frac{\\alpha}{2}\\right)\\mathclose{}^{\\alpha/2}'],
    ['γ₊', '\\gamma_{+}'],
    ['w′/h′', '\\frac{w^{\\prime}}{h^{\\prime}}'],
    ['d̄ + x̂', '\\bar{d}+\\hat{x}'],
    ['|a − b|', '\\lvert a-b\\rvert'],
    ['‖y‖·‖p‖', '\\lVert y\\rVert\\,\\lVert p\\rVert'],
    ['‖u − v‖_p', '\\lVert u-v\\rVert_{p}'],
    ['KL(p‖q)', '\\mathrm{KL}(p\\,\\Vert\\,q)'],
    ['⟨y, p⟩', '\\langle y,p\\rangle'],
    ['ln p·x', '\\ln p\\cdot x'],
    ['ln(p)·x', '\\ln(p)\\,x'],
    ['ln cosh e', '\\ln\\cosh e'],
    ['max_{j≠y} x_j − x_y', '\\max_{j\\ne y}x_{j}-x_{y}'],
    ['√((e/c)² + 1) − 1', '\\sqrt{\\mathopen{}\\left(\\frac{e}{c}\\right)\\mathclose{}^{2}+1}-1'],
    ['∫ p(x)·ln p(x) dx', '\\int p(x)\\ln p(x)\\,\\mathrm{d}x'],
    ['y! ≤ ∞', 'y!\\le\\infty'],
    ['y₁ … y_S', 'y_{1}\\ldots y_{S}'],
    ['softcap·tanh(x)', '\\mathrm{softcap}\\cdot\\tanh(x)'],
    ['100·x', '100 x'],
    ['x·100', 'x\\cdot100'],
    ['x if y = 1, else 0', '\\begin{dcases}x&\\text{if }y=1\\\\0&\\text{otherwise}\\end{dcases}'],
    ['f(x) = 0 if x < 0, else x', 'f(x)=\\begin{dcases}0&\\text{if }x\\lt0\\\\x&\\text{otherwise}\\end{dcases}'],
  ])('%s', (formula, expected) => {
    expect(tex(formula).replaceAll(' ', '')).toBe(expected.replaceAll(' ', ''));
    expect(() => set(toTex(formula, style))).not.toThrow();
  });

  test.each([
    ['a ÷ b·c', 'brackets are expected', 'a ÷ b ▸ ·c'],
    ['a + ', 'something to calculate with', 'a +  ▸ '],
    ['(a + b', '")" is expected', '(a + b ▸ '],
    ['a² ²', 'nothing more', 'a²  ▸ ²'],
    ['x^2^3', 'second power', 'x^2^ ▸ 3'],
    ['∫ p(x)', 'an integral ends with dx', '∫ p(x) ▸ '],
    ['a if b', 'else', 'a if b ▸ '],
    ['ln', 'the argument of ln', 'ln ▸ '],
  ])('%s says what is wrong, and where', (formula, problem, place) => {
    const parsed = (): string => toTex(formula, style);
    expect(parsed).toThrow(FormulaError);
    expect(parsed).toThrow(problem);
    expect(parsed).toThrow(place);
  });
});

describe('mathematics among prose', () => {
  const formulas = (text: string): string[] => runsOf(text).flatMap((run) => (run.isFormula ? run.text : []));

  test.each([
    ['a score x and a label y of −1 or 1', ['x', 'y', '−1']],
    ['of an anchor a, a positive b, which', ['a', 'b']],
    ['of 1 if a is to rank above b', ['a', 'b']],
    ['½e² if e ≤ δ, else δ·(e − ½δ). It is', ['½e² if e ≤ δ, else δ·(e − ½δ)']],
    ['with w = `posWeight`; labels', ['w =']],
    ['the q-quantile of TensorFlow 1’s mean, in 2020', ['q']],
    ['−ln score, not 1 − score.', ['−ln score', '1 − score']],
    ['together (y = 1), (opposite) or (B)', ['(y = 1)', '(B)']],
    ['probabilities from 0 to 1, default 1e-7', []],
    ['A p below 0; precision/recall', ['p']],
  ])('%s', (text, expected) => {
    expect(formulas(text)).toEqual(expected);
    expect(
      runsOf(text)
        .map((run) => run.text)
        .join(''),
    ).toBe(text);
  });

  test('a sign that no formula takes is refused', () => {
    expect(() => runsOf('the sum Σ of the rest')).toThrow('a sign stands in no formula');
    expect(() => runsOf('x · of the rest')).toThrow(FormulaError);
  });
});
