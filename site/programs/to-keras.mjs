// to-keras.mjs: losses as the JSON that Keras reads, and back
import '@tensorflow/tfjs';
import { combine, dice, huber, polyCrossentropy } from 'tfjs-losses';
import { fromConfig, toKeras } from 'tfjs-losses/keras';

// Keras has this loss: the config names its own class.
console.log(JSON.stringify(toKeras(huber.with({ delta: 2 })), null, 2));

// Keras lacks these: the config names classes of the Python module tfjs_losses.
const others = { poly: polyCrossentropy.with({ fromLogits: true }), both: combine({ a: [dice, 1], b: [huber, 0.5] }) };
for (const [name, loss] of Object.entries(others)) console.log(name, toKeras(loss).registered_name);

// Back again, also from names and from configs of older versions.
const read = fromConfig({ class_name: 'Huber', config: { delta: 2, reduction: 'auto', name: 'huber_loss' } });
console.log(read.name, JSON.stringify(read.fixed));
console.log(fromConfig('kullback_leibler_divergence').name);
