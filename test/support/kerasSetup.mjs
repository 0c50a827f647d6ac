export { setup as default } from './kerasServer.mjs';
