import { type Tensor, tensor, tidy } from '@tensorflow/tfjs';
import { measure } from '../../src/loss/measure.js';
import { callWith, toTensor } from '../support/draw.js';
import { allLosses, type AnyLoss, hasOption } from '../support/losses.js';

/** Value and divisor of a batch. */
function measured(loss: AnyLoss, inputs: readonly Tensor[], options: object): readonly [number, number] {
  const { total, divisor } = measure(loss, inputs, options, { weights: null, isWeighted: false });
  return [total.dataSync()[0] as number, typeof divisor === 'number' ? divisor : (divisor.dataSync()[0] as number)];
}

const weighing = allLosses.filter((loss) => hasOption(loss, 'classWeights') && !hasOption(loss, 'smooth'));

test.each(weighing.map((loss) => [loss.name, loss] as const))(
  '%s divides by the class weights of a batch, by whichever way it is computed',
  (_, loss) => {
    const classWeights = [0.5, 1.5, 4];
    const { inputs } = callWith(loss, { leading: [8], classes: 3, seed: 5, options: { classWeights } });
    const options = { classWeights: tensor(classWeights), reduction: 'weightedMean' };
    tidy(() => {
      const tensors = inputs.map(toTensor);
      // A kernel is made when a table comes a second time.
      for (let time = 0; time < 3; time++) {
        const [total, divisor] = measured(loss, tensors, options);
        expect(total / divisor).toBeCloseTo(loss(...tensors, options).dataSync()[0] as number, 5);
      }
    });
    options.classWeights.dispose();
  },
);
