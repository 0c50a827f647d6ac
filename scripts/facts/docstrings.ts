import ts from 'typescript';

/** What the docstring of one export of the list of losses says. */
export interface Docstring {
  readonly paragraphs: readonly string[];
  readonly tags: readonly { readonly name: string; readonly text: string }[];
  /** The description of each option, by name. */
  readonly options: ReadonlyMap<string, string>;
  /** The file in which the export is declared. */
  readonly file: string;
}

const list = 'src/losses/index.ts';

/** The docstrings of all functions of the list, by name, in its order. */
export function docstrings(): ReadonlyMap<string, Docstring> {
  const { config } = ts.readConfigFile('tsconfig.json', (file) => ts.sys.readFile(file)) as { config: object };
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [list] }, ts.sys, '.');
  const program = ts.createProgram([list], { ...options, types: [] });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(list);
  const module = source && checker.getSymbolAtLocation(source);
  if (!module) throw new Error(`${list} is no module`);
  const found = checker.getExportsOfModule(module).flatMap((exported): [string, Docstring][] => {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    const isValue = (symbol.flags & (ts.SymbolFlags.Function | ts.SymbolFlags.Variable)) !== 0;
    return isValue ? [[exported.name, docstringOf(symbol, checker)]] : [];
  });
  return new Map(found);
}

function docstringOf(symbol: ts.Symbol, checker: ts.TypeChecker): Docstring {
  const fixed = checker.getTypeOfSymbol(symbol).getProperty('fixed');
  const options = fixed ? checker.getPropertiesOfType(checker.getTypeOfSymbol(fixed)) : [];
  return {
    paragraphs: paragraphsOf(textOf(symbol, checker)),
    tags: symbol
      .getJsDocTags(checker)
      .map(({ name, text }) => ({ name, text: unwrapped(ts.displayPartsToString(text)) })),
    options: new Map(options.map((option) => [option.name, unwrapped(textOf(option, checker))])),
    file: symbol.declarations?.[0]?.getSourceFile().fileName.replace(/^.*\/(?=src\/losses\/)/, '') ?? '',
  };
}

const textOf = (symbol: ts.Symbol, checker: ts.TypeChecker): string =>
  ts.displayPartsToString(symbol.getDocumentationComment(checker));

const paragraphsOf = (text: string): string[] => text.split(/\n\s*\n/).map(unwrapped);

const unwrapped = (text: string): string => text.replace(/\s*\n\s*/g, ' ').trim();
