import { writtenNpyHeader } from '../../cli/data/npyWritten.js';
import { valuesIn, textOf } from '../../site/elements/playground/arrays.js';
import { numbersOfCsv, numbersOfNpy } from '../../site/elements/playground/readers.js';

// What browsers load is an ES module, which Jest does not read; the parser in it is the same.
jest.mock('csv-parse/browser/esm/sync', (): unknown => jest.requireActual('csv-parse/sync'));

/** A file of NumPy with numbers of a type. */
function npy(descr: string, shape: string, bytes: ArrayBuffer): Uint8Array {
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape}), }\n`;
  const start = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, header.length, 0]);
  return new Uint8Array(Buffer.concat([start, Buffer.from(header), Buffer.from(bytes)]));
}

test('a table with names and one without them', () => {
  expect(numbersOfCsv('a.csv', 'a,b\n1,0.5\n2,\n')).toEqual({ shape: [2, 2], data: [1, 0.5, 2, NaN] });
  expect(numbersOfCsv('a.csv', '\ufeff1;2\r\n3;4\r\n')).toEqual({ shape: [2, 2], data: [1, 2, 3, 4] });
  expect(numbersOfCsv('a.tsv', '1\n-inf\n')).toEqual({ shape: [2], data: [1, -Infinity] });
});

test('a table that is none says where it is not', () => {
  expect(() => numbersOfCsv('a.csv', 'a,b\n1,x\n')).toThrow('a.csv: record 2 has "x" in column 1; expected a number');
  expect(() => numbersOfCsv('a.csv', '')).toThrow('a.csv: it is empty');
});

test('an array of NumPy, of several types, wherever its numbers begin', () => {
  const data = [0.5, -2, 3, 4, 5, 6];
  const floats = new Float32Array(data);
  const own = Buffer.concat([writtenNpyHeader([2, 3]), Buffer.from(floats.buffer)]);
  expect(numbersOfNpy('a.npy', new Uint8Array(own))).toEqual({ shape: [2, 3], data });
  expect(numbersOfNpy('a.npy', npy('<f4', '3, 2', floats.buffer))).toEqual({ shape: [3, 2], data });
  expect(numbersOfNpy('a.npy', npy('<f8', '6,', new Float64Array(data).buffer))).toEqual({ shape: [6], data });
  expect(numbersOfNpy('a.npy', npy('|u1', '2,', new Uint8Array([7, 255]).buffer))).toEqual({
    shape: [2],
    data: [7, 255],
  });
  expect(numbersOfNpy('a.npy', npy('>i2', '2,', new Uint8Array([0, 1, 255, 255]).buffer))).toEqual({
    shape: [2],
    data: [1, -1],
  });
  expect(numbersOfNpy('a.npy', npy('<i8', '1,', new BigInt64Array([-3n]).buffer))).toEqual({ shape: [1], data: [-3] });
  expect(numbersOfNpy('a.npy', npy('<f2', '2,', new Uint16Array([0x3800, 0xc000]).buffer))).toEqual({
    shape: [2],
    data: [0.5, -2],
  });
});

test('a file that is no array of NumPy, or ends too early, is refused', () => {
  expect(() => numbersOfNpy('a.npy', new Uint8Array(20))).toThrow('a.npy: it does not begin as a file of NumPy does');
  expect(() => numbersOfNpy('a.npy', npy('<f4', '9,', new Float32Array(2).buffer))).toThrow(
    'a.npy: it has 8 bytes of numbers; expected 36 for shape [9]',
  );
});

test('a pasted array keeps its digits and its shape', () => {
  expect(valuesIn('labels', '[[0.1, NaN], [-Infinity, true]]')).toEqual({
    shape: [2, 2],
    data: [0.1, NaN, -Infinity, 1],
  });
  expect(textOf({ shape: [2, 1], data: [0.1, Infinity] })).toBe('[[0.1],["Infinity"]]');
  expect(() => valuesIn('labels', '[[1, 2], [3]]')).toThrow(
    'labels: an entry has 1 entries where others have 2; expected rows of one length',
  );
});
