import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Node } from '../../program/graph.js';
import type { InputKind } from '../../program/program.js';
import type { Device, Given, Shader, Uniforms } from './device.js';
import type { Writing } from './scope.js';
import { numbersOfRow } from './write.js';

/** A program of any kind, for which shaders are kept. */
interface HasInputs {
  readonly inputs: readonly InputKind[];
}

/** Shaders of a program, written once for inputs of these forms, on a device. */
export class Shaders {
  constructor(
    protected readonly device: Device,
    private readonly owner: HasInputs,
    protected readonly given: readonly Given[],
  ) {}

  /** Numbers for each row, made by walks along it. */
  protected ofRows(nodes: readonly Node[], sizes: Uniforms, isFinal: boolean): TensorInfo {
    const { writer } = this.device;
    const team = writer.team(sizes.columns);
    const shader = this.shader(`rows ${team.size}`, team.size, (writing) =>
      writer.ofRows(nodes, (wanted) => numbersOfRow(writing, team, 'row', wanted), team, isFinal),
    );
    const shape = isFinal ? [sizes.rows] : [nodes.length * writer.parts, sizes.rows];
    return this.launch(shader, shape, sizes, null, sizes.rows);
  }

  /** @param name differs from that of other shaders of the program. */
  protected shader(name: string, teamSize: number, write: (writing: Writing) => string): Shader {
    const { writer } = this.device;
    const { inputs } = this.owner;
    const forms = this.given.map(({ form }) => form);
    return remembered(this.owner, `${writer.name} ${name} ${forms.join()}`, () => {
      const reads: Writing['reads'] = new Set();
      return { code: write(this.writing({ language: writer.language, inputs, forms, reads })), reads, teamSize };
    });
  }

  /** What shaders are written with. */
  protected writing(plain: Writing): Writing {
    return plain;
  }

  protected launch(
    shader: Shader,
    shape: number[],
    sizes: Uniforms,
    numbers: TensorInfo | null,
    teams = Math.ceil(sizes.items / sizes.chunk),
  ): TensorInfo {
    return this.device.launch({ shader, shape, sizes, given: this.given, numbers, teams });
  }
}

const known = new WeakMap<object, Map<string, unknown>>();

/** What is made once for a program, by its name. */
export function remembered<T>(program: object, key: string, make: () => T): T {
  const own = known.get(program) ?? new Map<string, unknown>();
  known.set(program, own);
  if (!own.has(key)) own.set(key, make());
  return own.get(key) as T;
}
