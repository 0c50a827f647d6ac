import { runEveryOtherLaw } from './everyOther.js';

runEveryOtherLaw(0);
