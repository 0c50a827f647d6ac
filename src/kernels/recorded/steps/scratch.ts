/* Memory for what a step holds while it runs, shared by all steps. */

let doubles = new Float64Array(0);
let floats = new Float32Array(0);

/** At least so many numbers in double precision, of any value. */
export function someDoubles(count: number): Float64Array {
  if (doubles.length < count) doubles = new Float64Array(count);
  return doubles;
}

/** At least so many numbers in single precision, of any value. */
export function someFloats(count: number): Float32Array {
  if (floats.length < count) floats = new Float32Array(count);
  return floats;
}
