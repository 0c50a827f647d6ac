export const TENSORFLOW: string;
export const CACHE: string;
