/* Rows of tables in Markdown. */

export const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
export const header = (cells: readonly string[]): string => `${row(cells)}\n${row(cells.map(() => '---'))}`;
