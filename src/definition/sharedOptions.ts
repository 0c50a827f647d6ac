/** The option of losses over a class axis. The core moves it. */
export interface ClassAxisOption {
  /** The class axis, or several, which are then taken as one. Default -1. */
  readonly axis: number | readonly number[];
}

/** The option of losses that measure information. The core converts the unit. */
export interface BaseOption {
  /** Base of the logarithm: e for nats, 2 for bits, 10 for hartleys; the whole loss is divided by ln base. Default e. */
  readonly base: number;
}
