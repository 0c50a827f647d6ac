export declare const REQUIREMENTS: readonly string[];
export declare const ENVIRONMENT: string;
export declare const KERAS_PYTHON: string;
