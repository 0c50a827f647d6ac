// No more of tfjs than is used: Babel takes its time for each module.
import '@tensorflow/tfjs-backend-cpu';
import { setPlatform } from '@tensorflow/tfjs-core';

export * from '@tensorflow/tfjs-core';
export { layers, sequential } from '@tensorflow/tfjs-layers';

// As tfjs-react-native does it for phones.
setPlatform('react-native', {
  now: () => performance.now(),
  isTypedArray: (value) => ArrayBuffer.isView(value) && !(value instanceof DataView),
});
