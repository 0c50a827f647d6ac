import { tensor, type TensorLike } from '@tensorflow/tfjs';
import { calls, toTensor, type Values } from '../support/draw.js';
import { assertClose, compute, forAll, law, mutate } from '../support/law.js';
import { lossNamed, type AnyLoss } from '../support/losses.js';

/** Numbers as tensors, nested arrays, typed arrays and float labels are the same numbers. */
function check(loss: AnyLoss): void {
  forAll(calls(loss), ({ inputs, options }) => {
    const expected = compute(() => loss(...inputs.map(toTensor), options));
    const nested = inputs.map((values) => toTensor(values).arraySync());
    assertClose(
      compute(() => loss(...nested, options)),
      expected,
      1e-6,
      'the value of nested arrays',
    );
    if (inputs.every(({ shape }) => shape.length === 1)) {
      const typed = inputs.map(({ data, dtype }) =>
        dtype === 'int32' ? Int32Array.from(data) : Float32Array.from(data),
      );
      assertClose(
        compute(() => loss(...typed, options)),
        expected,
        1e-6,
        'the value of typed arrays',
      );
    }
    const floats = inputs.map((values) => toTensor({ ...values, dtype: 'float32' }));
    assertClose(
      compute(() => loss(...floats, options)),
      expected,
      1e-6,
      'the value of float labels',
    );
    const whole = inputs.map((values) => ({ ...values, data: values.data.map((x) => Math.round(Math.abs(x))) }));
    const asFloats = compute(() => loss(...whole.map(toTensor), { ...options, validate: false }));
    const asIntegers = (values: Values): TensorLike => tensor([...values.data], [...values.shape], 'int32') as never;
    assertClose(
      compute(() => loss(...whole.map(asIntegers), { ...options, validate: false })),
      asFloats,
      1e-6,
      'the value of integers',
    );
  });
}

export const inputs = law({
  title: 'tensors of any dtype, arrays and typed arrays are the same to a loss',
  check,
  mutants: [
    {
      bug: 'labels that keep their integer dtype in a product',
      complaint: /value of integers/,
      loss: () =>
        mutate(lossNamed('huber'), (huber, args) => {
          const [labels, ...rest] = args as [{ dtype?: string }];
          return labels.dtype === 'int32'
            ? huber(
                tensor(0)
                  .add(labels as never)
                  .mul(0.5),
                ...rest,
              )
            : huber(labels, ...rest);
        }),
    },
  ],
});
