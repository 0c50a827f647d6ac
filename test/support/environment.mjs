import { TestEnvironment } from 'jest-environment-node';

/** Jest gives tests typed arrays of their own, which those of the native backend are no instances of. */
export default class extends TestEnvironment {
  constructor(...args) {
    super(...args);
    Object.assign(this.global, { Float32Array, Int32Array, Uint8Array, ArrayBuffer });
  }
}
