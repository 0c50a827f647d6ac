export declare const REQUIREMENTS: string;
export declare function environment(): string;
export declare const PEERS_PYTHON: string;
