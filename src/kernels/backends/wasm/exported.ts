import * as w from './encode.js';

/** Not by its class: it may come from another realm. */
export const isShared = ({ buffer }: WebAssembly.Memory): boolean =>
  Object.prototype.toString.call(buffer) === '[object SharedArrayBuffer]';

/** The function of a module whose code is one function, on a memory. */
export const functionOf = (module: WebAssembly.Module, memory: WebAssembly.Memory): unknown =>
  new WebAssembly.Instance(module, { m: { m: memory } }).exports['f'];

/** A function on a memory; null where a page forbids to compile, or the main thread of a browser compiles nothing large. */
export function exported(memory: WebAssembly.Memory, code: w.WasmFunction): unknown {
  const bytes = w.moduleOf([code], isShared(memory));
  try {
    return functionOf(new WebAssembly.Module(bytes), memory);
  } catch (error) {
    if (!WebAssembly.validate(bytes)) throw error;
    return null;
  }
}
