import type { TensorInfo } from '@tensorflow/tfjs-core';
import { isTruth } from '../../program/graph.js';
import { isOfGroup, type Program } from '../../program/program.js';
import { outputShape, type Task } from '../runner.js';
import type { Device, Given, Left } from './device.js';
import { remembered, Shaders } from './shaders.js';
import { written } from './scope.js';
import { nodesOf, stagesOf, type Step } from './stages.js';
import { item, sumOfItems } from './write.js';

/** Whether shaders can be written for a program, none of which may read more than so many tensors. */
export function canWrite(program: Program, tensors: number): boolean {
  // Beside the inputs, what an earlier shader has left.
  return program.inputs.length < tensors && remembered(program, 'is written', () => isWritten(program));
}

const isWritten = (program: Program): boolean =>
  nodesOf(program).every(({ op }) => written.has(op)) &&
  program.outputs.every((output) => !isTruth(output.node) && !isOfGroup(output));

/** Runs a program by shaders. */
export function runOn(device: Device, task: Task, inputs: readonly TensorInfo[]): TensorInfo[] {
  const { given, release } = device.take(task.program.inputs, task, inputs);
  const outputs = new Run(device, task, given).outputs();
  release();
  return outputs;
}

class Run extends Shaders {
  constructor(
    device: Device,
    private readonly task: Task,
    given: readonly Given[],
  ) {
    super(device, task.program, given);
  }

  outputs(): TensorInfo[] {
    const { program, rows, columns } = this.task;
    const stages = remembered(program, 'stages', () => stagesOf(program));
    const sizes = { rows, columns, items: rows, chunk: 1 };
    if (stages.isOfRows) return [this.ofRows(stages.numbers, sizes, true)];
    const nodes = stages.numbers;
    const left: Left = { nodes, tensor: nodes.length > 0 ? this.ofRows(nodes, sizes, false) : null };
    const outputs = stages.steps.map((step, i) => {
      const count = step.items === 'places' ? rows * columns : rows;
      return step.isSummed ? this.sum(`sum ${i}`, step, count, left) : this.each(i, step, count, left);
    });
    if (left.tensor) this.device.dispose(left.tensor);
    return outputs;
  }

  private each(i: number, step: Step, items: number, { nodes, tensor }: Left): TensorInfo {
    const { writer } = this.device;
    const { rows, columns } = this.task;
    const shader = this.shader(`each ${i}`, 1, (writing) =>
      writer.each(step.items, item(writing, step, nodes, { row: 'row', column: 'column' })),
    );
    return this.launch(shader, outputShape(this.task, i), { rows, columns, items, chunk: 1 }, tensor);
  }

  /** A sum of parts, and of these, until there is one. */
  private sum(name: string, step: Step, items: number, { nodes, tensor }: Left): TensorInfo {
    const { writer } = this.device;
    const { rows, columns } = this.task;
    const chunk = writer.chunk(items);
    const count = Math.ceil(items / chunk);
    const [isFinal, team] = [count === 1, writer.team(chunk)];
    const shader = this.shader(`${name} ${isFinal} ${team.size}`, team.size, (writing) =>
      writer.sum(sumOfItems(writing, team, step, nodes), team, isFinal),
    );
    const result = this.launch(shader, isFinal ? [] : [writer.parts, count], { rows, columns, items, chunk }, tensor);
    if (isFinal) return result;
    const left = { nodes: [step.root], tensor: result };
    const whole = this.sum(`${name} of sums`, { ...step, items: 'rows' }, count, left);
    this.device.dispose(result);
    return whole;
  }
}
