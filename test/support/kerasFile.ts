import type * as tf from '@tensorflow/tfjs';
import { memoryFile } from './memoryFile.js';

/** A model in a file as the converter of tfjs makes it of one of Keras, with this `training_config`. */
export const kerasFile = (model: tf.LayersModel, training: object, topology: object): tf.io.IOHandler => ({
  load: async () => {
    const saved = memoryFile();
    await model.save(saved);
    const { modelTopology, ...artifacts } = await saved.load();
    return {
      ...artifacts,
      modelTopology: { ...topology, model_config: modelTopology as object, training_config: training },
    };
  },
});
