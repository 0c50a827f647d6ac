import { type Definition, domainsOf } from '../../src/definition/definition.js';
import type { DomainName } from '../../src/definition/domain.js';

/** The names of the domains of a loss's inputs, with these options. */
export const domainNamesOf = <O extends object>(
  definition: Pick<Definition<O>, 'domains'>,
  options: O,
): readonly DomainName[] => domainsOf(definition, options).map(({ name }) => name);
