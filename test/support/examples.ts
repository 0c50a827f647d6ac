export interface Example {
  readonly code: string;
  readonly result: string;
}

/** Lines of the form `code // result`. */
export const examplesIn = (text: string): Example[] =>
  [
    ...text.matchAll(/^(?: \* @example )?(?!const|import|model)(\S.*?\))(?<!print\(\)) ?;? +\/\/ (\[.*\]|-?[\d.]+)$/gm),
  ].map(([, code = '', result = '']) => ({ code, result }));
