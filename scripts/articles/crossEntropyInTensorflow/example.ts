/** The article's example: the correct answer, and two predictions. */
export const truth = [1, 0, 0];
export const first = [0.5, 0.4, 0.1];
export const second = [0.8, 0.1, 0.1];
