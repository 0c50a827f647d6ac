export type { FindingCode, Severity } from './codes.js';
export { diagnose, type DiagnoseArgs, type DiagnoseInput } from './diagnose.js';
export type { Chance, Diagnosis, Finding, Where } from './finding.js';
export { inspect, type InspectOptions } from './inspect.js';
