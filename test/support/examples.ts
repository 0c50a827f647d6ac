export interface Example {
  readonly code: string;
  readonly result: string;
}

/** Lines of the form `code // result`. */
export const examplesIn = (text: string): Example[] =>
  [...text.matchAll(/^(?: \* @example )?(?!const|import|model)(\S.*?\)) ?;? +\/\/ (\[.*\]|-?[\d.]+)$/gm)].map(
    ([, code = '', result = '']) => ({ code, result }),
  );
