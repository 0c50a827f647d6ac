import sdk from '@stackblitz/sdk';

// TypeScript takes the package for CommonJS; bundlers take its ES module.
const { openProject } = sdk as unknown as typeof sdk.default;

/** Opens a program as a project of its own on stackblitz.com. */
export function openElsewhere(name: string, program: string): void {
  const dependencies = { '@tensorflow/tfjs': '^4.22.0', 'tfjs-losses': 'latest' };
  const manifest = { name, private: true, type: 'module', scripts: { start: `node ${name}.mjs` }, dependencies };
  openProject(
    {
      title: name,
      template: 'node',
      files: { [`${name}.mjs`]: program, 'package.json': `${JSON.stringify(manifest, null, 2)}\n` },
    },
    { newWindow: true, openFile: `${name}.mjs` },
  );
}
