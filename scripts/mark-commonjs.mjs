import { writeFileSync } from 'node:fs';

// Node reads a .js file as an ES module or as CommonJS by the nearest package.json.
writeFileSync('dist/cjs/package.json', '{ "type": "commonjs" }\n');
