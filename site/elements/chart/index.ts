export { type Bar, barChart, type BarChart } from './bars.js';
export { lineChart, type LineChart } from './lines.js';
export { legendOf, type Points, type Series } from './series.js';
