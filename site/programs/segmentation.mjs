// segmentation.mjs: finds discs in noisy pictures, with binary cross-entropy and dice together
import * as tf from '@tensorflow/tfjs';
import { binaryCrossentropy, combine, dice } from 'tfjs-losses';
import { compile } from 'tfjs-losses/layers';

const size = 12;

/** Pictures [count, 12, 12, 1] with a bright disc each, and masks of the same shape: 1 on the disc, else 0. */
function pictures(count, seed) {
  const centers = tf.randomUniform([count, 2], 3, 9, 'float32', seed).arraySync();
  const disc = ([y, x]) =>
    tf
      .buffer(
        [size, size, 1],
        'float32',
        Float32Array.from({ length: size * size }, (_, i) =>
          Number(Math.hypot(Math.floor(i / size) - y, (i % size) - x) < 2.5),
        ),
      )
      .toTensor();
  const masks = tf.stack(centers.map(disc));
  return { images: masks.add(tf.randomNormal(masks.shape, 0, 0.5, 'float32', seed)), masks };
}

const conv = (filters, activation, seed) =>
  tf.layers.conv2d({
    filters,
    activation,
    kernelSize: 3,
    padding: 'same',
    kernelInitializer: tf.initializers.glorotUniform({ seed }),
    ...(seed === 1 && { inputShape: [size, size, 1] }),
  });
const model = tf.sequential({ layers: [conv(4, 'relu', 1), conv(1, 'linear', 2)] }); // the last layer gives logits

const loss = combine({
  pixels: [binaryCrossentropy.with({ fromLogits: true }), 1],
  overlap: [dice.with({ fromLogits: true }), 1],
});
compile(model, { optimizer: tf.train.adam(0.1), loss });

const train = pictures(24, 7);
const { history } = await model.fit(train.images, train.masks, { epochs: 8, batchSize: 8, shuffle: false, verbose: 0 });
console.log(`loss ${history.loss[0].toFixed(2)} → ${history.loss.at(-1).toFixed(2)}`);

const { images, masks } = pictures(1, 5);
const found = model.predict(images).greater(0); // a logit above 0 is a probability above ½
const rows = (mask) =>
  mask
    .reshape([size, size])
    .arraySync()
    .map((row) => row.map((x) => (x ? '#' : '·')).join(''));
const [truth, answer] = [rows(masks), rows(found)];
console.log('mask          found');
for (let y = 0; y < size; y++) if (`${truth[y]}${answer[y]}`.includes('#')) console.log(`${truth[y]}  ${answer[y]}`);
