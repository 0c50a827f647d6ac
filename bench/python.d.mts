export declare const REQUIREMENTS: string;
export declare const ENVIRONMENT: string;
export declare const PEERS_PYTHON: string;
