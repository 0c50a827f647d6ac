import { type Device, type Launch, tensorsOf } from '../../src/kernels/backends/gpu/device.js';
import { runOn } from '../../src/kernels/backends/gpu/run.js';
import { instanceOn } from '../../src/kernels/backends/wasm/instance.js';
import { glsl } from '../../src/kernels/backends/webgl/glsl.js';
import { wgsl } from '../../src/kernels/backends/webgpu/wgsl.js';
import { Graph, type Node } from '../../src/kernels/program/graph.js';
import type { Extent, Program } from '../../src/kernels/program/program.js';
import { builder } from '../../src/kernels/trace/functions.js';

/* Formulas use what they have computed more than once: a walk along all ways through a graph would take for ever. */

const LEVELS = 60;

const place = { byRow: true, byColumn: true, isInteger: false };

/** x, each level of which is made of the one before twice. */
function programs(): [name: string, program: Program][] {
  const graph = new Graph();
  const f = builder(graph);
  const levels = (x: Node): Node =>
    Array.from({ length: LEVELS }).reduce<Node>((level) => f('sub', f('mul', 2, level), f('abs', level)), x);
  const ofPlaces = levels(graph.input(0, place));
  const ofRow = levels(f('sumOfRow', graph.input(0, place)));
  const outputs = (node: Node, extent: Extent): Program => ({ inputs: [place], outputs: [{ node, extent }] });
  return [
    ['places', outputs(ofPlaces, 'places')],
    ['rows of places', outputs(f('sumOfRow', ofPlaces), 'rows')],
    ['a total of places', outputs(f('sumOfRow', ofPlaces), 'total')],
    ['a total of rows', outputs(ofRow, 'total')],
  ];
}

/** Writes all shaders of a program, and runs none. */
function written(writer: Device['writer'], program: Program): string[] {
  const codes: string[] = [];
  const tensor = { dataId: {}, shape: [2, 3], dtype: 'float32' as const };
  const device: Device = {
    writer,
    take: () => ({ given: [{ form: 'whole', value: NaN, tensors: [tensor] }], release: () => undefined }),
    launch: (launch: Launch) => {
      expect(tensorsOf(launch).size).toBeGreaterThan(0);
      codes.push(launch.shader.code);
      return tensor;
    },
    dispose: () => undefined,
  };
  runOn(device, { program, rows: 2, columns: 3 } as Parameters<typeof runOn>[1], [tensor]);
  return codes;
}

test.each(programs())('%s of a graph that shares much are written', (_, program) => {
  for (const writer of [glsl(false), glsl(true), wgsl]) {
    const codes = written(writer, program);
    expect(codes.length).toBeGreaterThan(0);
    for (const code of codes) expect(code.length).toBeLessThan(20_000);
    // && and || are branches in WGSL: n of them in a row make 2ⁿ ways through a shader, which compilers follow.
    if (writer === wgsl) expect(codes.join().replace(/^if .*/gm, '')).not.toMatch(/&&|\|\|/);
  }
  expect(instanceOn(new WebAssembly.Memory({ initial: 1 }), program, { columns: null, isFused: false })).not.toBeNull();
});
