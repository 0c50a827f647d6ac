export declare const REQUIREMENTS: readonly string[];
export declare function environment(): string;
export declare const KERAS_PYTHON: string;
