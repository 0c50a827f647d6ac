import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { io } from '@tensorflow/tfjs-core';
import { refuse } from '../failure.js';
import { readJson } from './jsonFile.js';

/** The files of a layers model, its model.json first, as tfjs, its converter and its bindings for Node write them. */
export function modelFiles(path: string): io.IOHandler {
  return {
    load: async () => {
      const json = await readJson('MODEL', path);
      if (typeof json !== 'object' || json === null || !('modelTopology' in json)) {
        return refuse('MODEL', `${path} has no modelTopology`, 'the model.json of a layers model');
      }
      return io.getModelArtifactsForJSON(json as io.ModelJSON, async (manifest) => {
        const specs = manifest.flatMap(({ weights }) => weights);
        const paths = manifest.flatMap((group) => group.paths);
        const files = await Promise.all(paths.map((file) => readFile(join(dirname(path), file))));
        const data = Buffer.concat(files);
        return [specs, data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength)];
      });
    },
  };
}
