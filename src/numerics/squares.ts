import { sqrt, type Tensor } from '@tensorflow/tfjs-core';
import { broadcast_util, customGrad, mul, neg, square } from '../tfjs/ops.js';
import { timesExp } from './functions.js';
import { ratio } from './quotient.js';
import { stretch } from './sum.js';

/** a² ÷ b for b > 0, broadcast together, where neither a² nor the terms of the derivatives need to be float32. */
export function squareOver(a: Tensor, b: Tensor): Tensor {
  const shape = broadcast_util.assertAndGetBroadcastShape(a.shape, b.shape);
  return customGrad((...args) => {
    const [over, under, save] = args as unknown as [Tensor, Tensor, (tensors: Tensor[]) => void];
    save([over, under]);
    const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor[] => {
      const [x, y] = saved as [Tensor, Tensor];
      const quotient = ratio(x, y);
      return [mul(mul(2, dy), quotient), neg(mul(mul(dy, quotient), quotient))];
    };
    return { value: square(ratio(over, sqrt(under))), gradFunc };
  })(stretch(a, shape), stretch(b, shape));
}

/** a²·eˢ for two tensors of one shape, where neither a² nor eˢ needs to be float32. */
export function squareTimesExp(a: Tensor, s: Tensor): Tensor {
  return customGrad((...args) => {
    const [factor, logarithm, save] = args as unknown as [Tensor, Tensor, (tensors: Tensor[]) => void];
    save([factor, logarithm]);
    const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor[] => {
      const [x, y] = saved as [Tensor, Tensor];
      return [timesExp(mul(mul(2, dy), x), y), mul(dy, squareTimesExp(x, y))];
    };
    return { value: square(timesExp(factor, mul(0.5, logarithm))), gradFunc };
  })(a, s);
}
