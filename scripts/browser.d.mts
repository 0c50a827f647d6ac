import type { Browser, Page } from 'playwright-core';

export declare const CHROMIUM: string;
export declare const WASM_FILES: string;
export declare function launch(): Promise<Browser>;
export declare function open(
  browser: Browser,
  script: string,
  headers?: Readonly<Record<string, string>>,
): Promise<Page>;
