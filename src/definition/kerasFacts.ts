/** What Keras 3 calls a loss, and which of our options it has under which name. */
export interface KerasFacts<O> {
  readonly className: string;
  /** Keras's default `name`, where it is not the class name in snake case. */
  readonly name?: string;
  readonly options: { readonly [K in keyof O]?: string };
  /** Options that Keras lacks and has at other values than our defaults. */
  readonly fixed?: Partial<O>;
  /** Whether Keras can say what these options say. */
  readonly can?: (options: O, target: KerasTarget) => boolean;
  /** What Keras writes otherwise, or beside its names for our options; and how that is read. */
  readonly write?: (options: O, target: KerasTarget) => { readonly [key: string]: Json };
  readonly read?: (config: { readonly [key: string]: Json }, target: KerasTarget) => Partial<O>;
  /** Names of Keras for things that change nothing here. */
  readonly ignored?: readonly string[];
}

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A loss as Keras 3 writes it. */
export interface LossConfig {
  readonly module: string;
  readonly class_name: string;
  readonly config: { readonly [key: string]: Json };
  readonly registered_name: string | null;
}

/** For which version of Keras a config is. */
export interface KerasTarget {
  /** Such as `'3.16.0'`. Default: a config that means the same in all versions 3. */
  readonly kerasVersion?: string | undefined;
}
