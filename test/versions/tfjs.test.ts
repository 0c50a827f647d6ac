import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { version_core, version_layers } from '@tensorflow/tfjs';
import ts from 'typescript';

/* Another version of tfjs than the installed one, which `npm run test:versions` names. */

declare const tfjs: { readonly version: string; readonly folder: string };

test('the tests run on this version', () => {
  expect([version_core, version_layers]).toEqual([tfjs.version, tfjs.version]);
});

/** What the compiler says of a program that uses this package, and of all its declarations; tfjs's own are not clean. */
function complaints(program: string): string[] {
  const folder = mkdtempSync(join(tfjs.folder, 'consumer-'));
  try {
    cpSync(join(__dirname, '../../dist/esm'), join(folder, 'esm'), { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    writeFileSync(join(folder, 'program.ts'), program.replaceAll('../../src', './esm'));
    const declarations = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.d.ts'),
    );
    const compiled = ts.createProgram(
      ['program.ts', ...declarations].map((file) => join(folder, file)),
      {
        strict: true,
        exactOptionalPropertyTypes: true,
        skipLibCheck: false,
        noEmit: true,
        module: ts.ModuleKind.NodeNext,
        moduleResolution: ts.ModuleResolutionKind.NodeNext,
        target: ts.ScriptTarget.ES2022,
        types: [],
      },
    );
    return ts
      .getPreEmitDiagnostics(compiled)
      .filter(({ file }) => !file || file.fileName.startsWith(folder))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('the declarations of this package compile with those of tfjs, and a wrong line is found', () => {
  const program = readFileSync(join(__dirname, '../types/api.ts'), 'utf8');
  const found = complaints(`${program}\nexport const wrong: tf.Scalar = huber(labels, predictions);`);
  expect(found).toEqual([expect.stringMatching(/^Type 'Tensor.*' is not assignable to type 'Scalar'/)]);
});
