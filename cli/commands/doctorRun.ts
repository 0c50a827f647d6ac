import type { DoctorOptions } from './doctor.js';

export function run(model: string, options: DoctorOptions): Promise<boolean> {
  throw new Error(`${model} ${options.x.join()}`);
}
