/* The parts of the text of a loss: what CONTRIBUTING.md asks every docstring for. */

/** A sentence ends before a capital letter, a code word or an equation; numbers and abbreviations do not end one. */
const sentences = (text: string): string[] => text.split(/(?<=\.)\s+(?=[A-Z`]|\S+ = )/);

/** Words that a formula may begin with. */
const functions = new Set(['max', 'min', 'ln', 'exp']);

const isFormula = (text: string): boolean => {
  const [first = ''] = /^[\p{L}]+/u.exec(text) ?? [];
  return !/^[a-z]{2,}$/.test(first) || functions.has(first);
};

/** The formula in the first paragraph: what follows a colon and is no prose, to the end of its sentence. */
export function formulaOf(summary: string): string {
  const parts = summary.split(/:\s/).slice(1);
  const from = parts.findIndex(isFormula);
  const [text = ''] = sentences((from < 0 ? parts : parts.slice(from)).join(': '));
  return text.replace(/\.$/, '');
}

const isUnit = (sentence: string): boolean => /^(In (nats|percent|decibels|the)\b|Without unit)/.test(sentence);

/** The unit, without its full stop. */
export const unitOf = (paragraphs: readonly string[]): string =>
  (paragraphs.flatMap(sentences).find(isUnit) ?? '').replace(/\.$/, '');

/** The shapes in words, without the unit and what follows it. */
export function shapesOf(paragraphs: readonly string[]): string {
  const all = sentences(paragraphs.find((paragraph) => paragraph.startsWith('Shapes')) ?? '');
  const end = all.findIndex(isUnit);
  return all.slice(0, end < 0 ? all.length : end).join(' ');
}

/** All paragraphs but the summary, without shapes and unit. */
export function notesOf([, ...rest]: readonly string[]): string[] {
  const others = rest.map((paragraph) => {
    const all = sentences(paragraph);
    const begin = paragraph.startsWith('Shapes') ? all.findIndex(isUnit) : 0;
    return (begin < 0 ? [] : all.slice(begin)).filter((sentence) => !isUnit(sentence)).join(' ');
  });
  return others.filter((paragraph) => paragraph !== '');
}
