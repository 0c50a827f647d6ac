// article-entropy.mjs
import '@tensorflow/tfjs';
import { crossEntropy, differentialEntropy, entropy } from 'tfjs-losses';

const bits = { base: 2 };
const show = (name, tensor) => console.log(`${name}: ${tensor.dataSync()[0].toFixed(4)} bits`);

show('fair coin', entropy([0.5, 0.5], bits));
show('bent coin', entropy([0.9, 0.1], bits));
show('bent coin, coded as if it were fair', crossEntropy([0.9, 0.1], [0.5, 0.5], bits));

// Densities: the same spread of a length, in metres and in centimetres.
show('normal distribution, deviation 0.1 m', differentialEntropy({ mean: 0, standardDeviation: 0.1 }, bits));
show('normal distribution, deviation 10 cm', differentialEntropy({ mean: 0, standardDeviation: 10 }, bits));
