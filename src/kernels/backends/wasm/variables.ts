import { type, type ValueType } from './encode.js';

/** Parameters and locals of a function that is being written. */
export class Variables {
  readonly params: ValueType[] = [];
  readonly locals: ValueType[] = [];

  param(of: ValueType): number {
    return this.params.push(of) - 1;
  }

  /** To be called when all parameters are known: locals come after them. */
  local(of: ValueType = type.v128): number {
    return this.params.length + this.locals.push(of) - 1;
  }
}
