import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Node } from '../../program/graph.js';
import type { InputKind } from '../../program/program.js';
import { type Form, highNameOf, type Language, nameOf, type Team } from './language.js';
import type { Step } from './stages.js';
import type { Text } from './write.js';

/** What a shader is told beside its inputs. Of a sum: how many items there are, and how many a team adds up. */
export interface Uniforms {
  readonly rows: number;
  readonly columns: number;
  readonly items: number;
  readonly chunk: number;
}

/** A shader without what tfjs adds to it. */
export interface Shader {
  readonly code: string;
  /** The inputs that it reads, and whether it reads what an earlier shader has left. */
  readonly reads: ReadonlySet<number | 'numbers'>;
  readonly teamSize: number;
}

/** Writes shaders. What is final is an output of the program, the rest is for other shaders. */
export interface ShaderLanguage {
  /** Writers of different names write differently. */
  readonly name: string;
  readonly language: Language;
  /** Those who go along so many items. */
  readonly team: (items: number) => Team;
  /** How many of so many items a team adds up. */
  readonly chunk: (items: number) => number;
  /** How many numbers of a tensor are used for one that other shaders read. */
  readonly parts: number;
  readonly ofRows: (
    nodes: readonly Node[],
    write: (nodes: readonly Node[]) => Text,
    team: Team,
    isFinal: boolean,
  ) => string;
  readonly each: (items: Step['items'], text: Text) => string;
  readonly sum: (text: Text, team: Team, isFinal: boolean) => string;
}

/** An input as shaders read it. */
export interface Given {
  readonly form: Form;
  /** Of one that is known. */
  readonly value: number;
  /** Of others. Of one that is split: the low parts, and the high ones. */
  readonly tensors: readonly TensorInfo[];
}

/** What earlier shaders have left: which nodes, for each row. */
export interface Left {
  readonly nodes: readonly Node[];
  readonly tensor: TensorInfo | null;
}

/** Inputs as they are taken. */
export interface Taken {
  readonly given: readonly Given[];
  readonly release: () => void;
}

export type Size = Pick<Uniforms, 'rows' | 'columns'>;

export interface Launch {
  readonly shader: Shader;
  readonly shape: number[];
  readonly sizes: Uniforms;
  readonly given: readonly Given[];
  /** What an earlier shader has left. */
  readonly numbers: TensorInfo | null;
  /** How many teams are to run. */
  readonly teams: number;
}

/** A device that runs shaders. */
export interface Device {
  readonly writer: ShaderLanguage;
  /** Inputs of tables of so many rows and columns, to be released afterwards. */
  readonly take: (kinds: readonly InputKind[], size: Size, inputs: readonly TensorInfo[]) => Taken;
  readonly launch: (launch: Launch) => TensorInfo;
  readonly dispose: (tensor: TensorInfo) => void;
}

/** The tensors that a shader reads, by their names. */
export function tensorsOf({ shader: { reads }, given, numbers }: Launch): Map<string, TensorInfo> {
  const named = [...given.entries()]
    .filter(([i]) => reads.has(i))
    .flatMap(([i, { tensors }]) =>
      tensors.map((tensor, part): [string, TensorInfo] => [part === 0 ? nameOf(i) : highNameOf(i), tensor]),
    );
  return new Map(reads.has('numbers') && numbers ? [...named, ['numbers', numbers]] : named);
}

/** The numbers of inputs that a shader reads and the processor knows. */
export const knownOf = ({ shader: { reads }, given }: Launch): [name: string, value: number][] =>
  [...given.entries()]
    .filter(([i, { form }]) => form === 'known' && reads.has(i))
    .map(([i, { value }]) => [nameOf(i), value]);
