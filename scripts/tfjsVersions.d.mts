export const VERSIONS: readonly string[];
export function folderOf(version: string): string;
