export const dataNames = ['iris', 'moons', 'digits', 'masks'] as const;

export type DataName = (typeof dataNames)[number];
