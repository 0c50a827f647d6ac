import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { SumOfRows, SumsProgram, SumsTask } from '../../program/classSums.js';
import { isTruth, type Node } from '../../program/graph.js';
import { madeOf } from '../../program/program.js';
import type { Device, Given, Left, Size, Taken } from './device.js';
import { alone, nameOf, type Place, type Team } from './language.js';
import { type Writing, written } from './scope.js';
import { remembered, Shaders } from './shaders.js';
import { reductionsIn } from './stages.js';
import { itemsOf, type Text } from './write.js';
import { walk } from './walk.js';

const rootsOf = ({ sums, places }: SumsProgram): Node[] => [...sums.map(({ node }) => node), ...places];

/** Whether shaders can be written for a program, none of which may read more than so many tensors. */
export function canWriteSums(program: SumsProgram, tensors: number): boolean {
  const { inputs, upstream } = program;
  const own = inputs.length - upstream + (upstream > 0 ? 1 : 0);
  return own < tensors && remembered(program, 'is written', () => isWritten(program));
}

const isWritten = (program: SumsProgram): boolean =>
  madeOf(rootsOf(program)).every(({ op }) => written.has(op)) && !rootsOf(program).some(isTruth);

/**
 * Runs a program: the sums [groups, classes, sums], if there are any, and tables of places, [groups · rows, classes].
 * The inputs that come after are read from `upstream`, which has the shape of sums.
 */
export function sumsOn(
  device: Device,
  task: SumsTask,
  inputs: readonly TensorInfo[],
  upstream: TensorInfo | null,
): TensorInfo[] {
  const { program, groups, rows, classes } = task;
  const kinds = program.inputs.slice(0, inputs.length);
  const taken = [device.take(kinds, { rows: groups * rows, columns: classes }, inputs)];
  if (upstream) taken.push(takenSums(device, task, upstream));
  const run = new Run(
    device,
    task,
    taken.flatMap(({ given }) => given),
  );
  const outputs = run.outputs();
  for (const { release } of taken) release();
  return outputs;
}

/** A table with a row for each class of each group, and a column for each sum. */
function takenSums(device: Device, { groups, classes }: SumsTask, upstream: TensorInfo): Taken {
  const size = { rows: groups * classes, columns: upstream.shape.at(-1) as number };
  return device.take([{ byRow: true, byColumn: true, isInteger: false }], size, [upstream]);
}

class Run extends Shaders {
  constructor(
    device: Device,
    private readonly task: SumsTask,
    given: readonly Given[],
  ) {
    super(device, task.program, given);
  }

  outputs(): TensorInfo[] {
    const { program } = this.task;
    const nodes = [...new Set(rootsOf(program).flatMap((root) => reductionsIn(root, false)))];
    const sizes = { ...this.table, items: this.table.rows, chunk: this.task.rows };
    const left: Left = { nodes, tensor: nodes.length > 0 ? this.ofRows(nodes, sizes, false) : null };
    const sums = program.sums.length > 0 ? [this.sums(left)] : [];
    const places = program.places.map((root, i) => this.place(i, root, left));
    if (left.tensor) this.device.dispose(left.tensor);
    return [...sums, ...places];
  }

  private get table(): Size {
    return { rows: this.task.groups * this.task.rows, columns: this.task.classes };
  }

  /** Sums of chunks of the rows of each group, and of these. */
  private sums({ nodes, tensor }: Left): TensorInfo {
    const { writer } = this.device;
    const { program, groups, rows, classes } = this.task;
    const { sums } = program;
    const chunk = writer.chunk(rows);
    const parts = Math.ceil(rows / chunk);
    const team = writer.team(chunk);
    const ofChunks = this.shader(`sums ${team.size}`, team.size, (writing) =>
      writer.ofRows(
        sums.map(({ node }) => node),
        (wanted) =>
          sumsOfChunk(
            writing,
            team,
            sums.filter(({ node }) => wanted.includes(node)),
            nodes,
          ),
        team,
        false,
      ),
    );
    const count = groups * classes;
    const items = count * parts;
    const size = { rows: items, columns: classes, items: rows, chunk };
    const found = this.launch(ofChunks, [sums.length * writer.parts, items], size, tensor, items);
    const whole = this.shader('sums of chunks', 1, (writing) => writer.each('places', sumOfChunks(writing)));
    const shape = [count, sums.length];
    const all = { rows: count, columns: sums.length, items: count * sums.length, chunk: parts };
    const result = this.launch(whole, shape, all, found, all.items);
    this.device.dispose(found);
    return { ...result, shape: [groups, classes, sums.length] };
  }

  private place(i: number, root: Node, { nodes, tensor }: Left): TensorInfo {
    const { writer } = this.device;
    const { rows, columns } = this.table;
    const shader = this.shader(`place ${i}`, 1, (writing) =>
      writer.each('places', itemsOf(writing, [root], nodes, { row: 'row', column: 'column' })),
    );
    const size = { rows, columns, items: rows * columns, chunk: this.task.rows };
    return this.launch(shader, [rows, columns], size, tensor, size.items);
  }

  protected override writing(plain: Writing): Writing {
    return { ...plain, others: this.others(plain) };
  }

  /** The last inputs are the numbers that `upstream` has of the group and class of a place. */
  private others(writing: Writing): Required<Writing>['others'] {
    const { language, reads } = writing;
    const { inputs, upstream } = this.task.program;
    const first = inputs.length - upstream;
    const sums = this.given[first]?.tensors[0]?.shape.at(-1) ?? 0;
    return (input, { row, column }) => {
      if (input < first) return null;
      reads.add(first);
      const ofClass = inputs[input]?.byColumn ? column : '0';
      const ofGroup = `${row} / ${language.uniform('chunk')} * ${language.uniform('columns')}`;
      const cell: Place = { row: `${ofGroup} + ${ofClass}`, column: String(input - first) };
      return language.readCell(nameOf(first), cell, sums);
    };
  }
}

/** For an item, which is a chunk of the rows of a group, and a class, the sums over these rows. */
function sumsOfChunk(writing: Writing, team: Team, sums: readonly SumOfRows[], nodes: readonly Node[]): Text {
  const { language } = writing;
  const [columns, items, chunk] = (['columns', 'items', 'chunk'] as const).map((name) => language.uniform(name));
  const place = { row: 'rowOfAll', column: 'column' };
  const { lines: ofPlace, values } = itemsOf(
    writing,
    sums.map(({ node }) => node),
    nodes,
    place,
  );
  const accumulated = sums.map(({ isOfClasses }, i) => {
    const value = values[i] as string;
    return {
      name: `sum${i}`,
      op: 'sum' as const,
      value: isOfClasses ? value : language.select('column == 0', value, language.number(0)),
    };
  });
  const lines = [
    language.declare('int', 'parts', `(${items} + ${chunk} - 1) / ${chunk}`),
    language.declare('int', 'ofClass', 'row / parts'),
    language.declare('int', 'group', `ofClass / ${columns}`),
    language.declare('int', 'column', `ofClass - group * ${columns}`),
    language.declare('int', 'start', `(row - ofClass * parts) * ${chunk}`),
    language.declare('int', 'stop', `min(start + ${chunk}, ${items})`),
    ...walk(
      language,
      team,
      { index: 'item', from: 'start', to: 'stop' },
      [language.declare('int', 'rowOfAll', `group * ${items} + item`), ...ofPlace],
      accumulated,
    ),
  ];
  return { lines, values: accumulated.map(({ name }) => name) };
}

/** For a group and class, the sum `column` of the sums that its chunks have left. */
function sumOfChunks(writing: Writing): Text {
  const { language, reads } = writing;
  reads.add('numbers');
  const parts = language.uniform('chunk');
  const value = language.readNumber('column', `row * ${parts} + item`);
  const way = { index: 'item', from: '0', to: parts };
  return {
    lines: walk(language, alone, way, [], [{ name: 'total', op: 'sum', value }]),
    values: ['total'],
  };
}
