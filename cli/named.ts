import type { Command } from 'commander';
import { lossCalled, type LossFacts } from './facts.js';

/**
 * The loss that a command line is about, told before it is parsed, as its flags depend on it; null if the command is another
 * one or has no name of a loss yet.
 */
export function lossInArguments(command: Command, argv: readonly string[]): LossFacts | null {
  if (argv[0] !== command.name()) return null;
  const given = argv[1];
  return given === undefined || given.startsWith('-') ? null : lossCalled(nameIn(given));
}

/** The name of the loss in code such as `huber.with({ delta: 2 })`. */
export const nameIn = (code: string): string => /^\s*([\w-]+)\.with\b/.exec(code)?.[1] ?? code.trim();
