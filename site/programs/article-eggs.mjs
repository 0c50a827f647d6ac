// article-eggs.mjs
import '@tensorflow/tfjs';
import { crossEntropy, entropy, klDivergence } from 'tfjs-losses';

// How likely each buys 0, 2 or 6 eggs on a day.
const zhang = [0.02, 0.96, 0.02];
const li = [0.9, 0.08, 0.02];
const number = (tensor) => tensor.dataSync()[0].toFixed(4);

console.log(`KL(Zhang, Li) = ${number(klDivergence(zhang, li))}`);
console.log(`KL(Li, Zhang) = ${number(klDivergence(li, zhang))}`);
console.log(`H(Zhang, Li) - H(Zhang) = ${number(crossEntropy(zhang, li).sub(entropy(zhang)))}`);
