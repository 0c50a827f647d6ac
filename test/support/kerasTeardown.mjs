export { teardown as default } from './kerasServer.mjs';
