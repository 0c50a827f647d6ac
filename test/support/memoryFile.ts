import type { io } from '@tensorflow/tfjs';

/** A file in memory: JSON, as every handler of tfjs writes it, and weights. */
export interface MemoryFile extends Required<io.IOHandler> {
  /** What it says of how the model is compiled. */
  training(): unknown;
}

export function memoryFile(): MemoryFile {
  let [text, weights] = ['{}', new ArrayBuffer(0) as io.WeightData];
  const parsed = (): io.ModelArtifacts => JSON.parse(text) as io.ModelArtifacts;
  return {
    save: (artifacts) => {
      const { weightData, ...json } = artifacts;
      [text, weights] = [JSON.stringify(json), weightData ?? weights];
      return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } });
    },
    load: () => Promise.resolve({ ...parsed(), weightData: weights }),
    training: () => (parsed().modelTopology as { readonly training_config?: unknown }).training_config,
  };
}
