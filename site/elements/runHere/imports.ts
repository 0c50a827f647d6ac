const statement = /^import\s+(?:([^'"]*?)\s+from\s+)?['"]([^'"]+)['"];?[^\S\n]*$/gm;

/** The modules that a program imports. */
export const importedBy = (program: string): string[] =>
  Array.from(program.matchAll(statement), ([, , name = '']) => name);

/** A program as the body of an async function of `modules`, which holds what it imports, by name of the module. */
export const withoutImports = (program: string): string =>
  program.replace(statement, (_, what: string | undefined, from: string) => {
    const names = what === undefined ? '' : namesOf(what);
    return names === '' ? '' : `const ${names} = modules[${JSON.stringify(from)}];`;
  });

/** `* as tf` is `tf`, `{ a, b as c }` is `{ a, b: c }`. */
const namesOf = (what: string): string => what.replace(/^\*\s+as\s+/, '').replace(/\s+as\s+/g, ': ');
