/** Text as HTML; braces as entities, so that Vue sees no expression. */
export const escaped = (text: string): string =>
  text.replace(/[&<>"{}]/g, (character) => `&#${character.codePointAt(0) ?? 0};`);
