/** A page as somebody reads it who has no browser: without front matter, elements and pictures. */
export const plainMarkdown = (page: string): string =>
  page
    .replace(/^---\n[^]*?\n---\n+/, '')
    .replace(/<style[^]*?<\/style>|<svg[^]*?<\/svg>/g, '')
    .replace(/^::: details (.*)$/gm, '**$1**')
    .replace(/^:::+.*$/gm, '')
    .replace(/<\/?(?:div|figure|span|p|[a-z]+-[a-z-]+)(?:\s[^>]*)?>/g, '')
    .replace(/ \{#[\w-]+(?: \.[\w-]+)*\}$/gm, '')
    .replace(/\n{3,}/g, '\n\n');
