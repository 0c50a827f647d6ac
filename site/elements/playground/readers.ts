import { parse } from 'csv-parse/browser/esm/sync';
import { columnsOf, formOf, numberIn, refuseEmpty } from '../../../cli/data/csvCells.js';
import { headerLength, parseNpyHeader } from '../../../cli/data/npyHeader.js';
import { npyType } from '../../../cli/data/npyTypes.js';
import { refuse } from '../../../cli/failure.js';
import { valuesIn } from './arrays.js';
import { sizeOf, type Values } from './values.js';

/** The columns of a table: one gives numbers [rows], several give [rows, columns]. */
export function numbersOfCsv(label: string, text: string): Values {
  const records: string[][] = parse(text, formOf(label));
  const [first] = records;
  if (!first) return refuseEmpty(label);
  const { columns, hasHeader } = columnsOf(label, first, []);
  const rows = hasHeader ? records.slice(1) : records;
  const data = rows.flatMap((cells, i) =>
    columns.map((column) => numberIn(label, cells[column] ?? '', i + 1 + Number(hasHeader), column)),
  );
  return { shape: columns.length === 1 ? [rows.length] : [rows.length, columns.length], data };
}

/** The array of a file of NumPy. */
export function numbersOfNpy(label: string, bytes: Uint8Array): Values {
  const header = bytes.subarray(0, headerLength(label, bytes));
  const { descr, shape, offset, isFortranOrder } = parseNpyHeader(label, header);
  const type = npyType(label, descr);
  const count = sizeOf(shape);
  if (isFortranOrder && shape.filter((n) => n > 1).length > 1) {
    refuse(label, 'it is in the order of Fortran', 'that of C: numpy.save(path, numpy.ascontiguousarray(array))');
  }
  if (bytes.length - offset < count * type.bytes) {
    refuse(
      label,
      `it has ${bytes.length - offset} bytes of numbers`,
      `${count * type.bytes} for shape [${shape.join()}]`,
    );
  }
  const numbers = type.dtype === 'int32' ? new Int32Array(count) : new Float32Array(count);
  type.decode(bytes.subarray(offset, offset + count * type.bytes), numbers);
  return { shape, data: Array.from(numbers) };
}

export const numbersOfJson = valuesIn;
