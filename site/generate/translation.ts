import { createHash } from 'node:crypto';

/** The mark of an English page, which its translation names in `translates`. */
export const markOf = (original: string): string => createHash('sha256').update(original).digest('hex').slice(0, 12);

const field = /^(---\n(?:.*\n)*?)translates: *(\w*)\n/;

/** A translation that says which text it translates. */
export function marked(translation: string, original: string): string {
  const mark = `translates: ${markOf(original)}\n`;
  if (field.test(translation)) return translation.replace(field, (_, before: string) => `${before}${mark}`);
  return translation.startsWith('---\n')
    ? translation.replace('---\n', `---\n${mark}`)
    : `---\n${mark}---\n\n${translation}`;
}

export const isCurrent = (translation: string, original: string): boolean =>
  field.exec(translation)?.[2] === markOf(original);

/** A translation that is older than its original says so. */
export const withNotice = (translation: string, original: string, notice: string): string =>
  isCurrent(translation, original) ? translation : noticedBelowHeading(translation, notice);

export const noticedBelowHeading = (page: string, notice: string): string =>
  page.replace(/^# .*$/m, (heading) => `${heading}\n\n::: warning\n${notice}\n:::`);
