// Makes a release of what is committed: sets all versions, closes the changelog, commits and tags. Nothing is pushed.
//
//   npm run release -- 0.2.0

import { readFileSync, writeFileSync } from 'node:fs';
import { $ } from 'execa';
import semver from 'semver';

/** Where the version stands beside package.json and package-lock.json, which npm sets. */
const VERSIONS = {
  'python/pyproject.toml': /^(version = ).*$/m,
  'python/tfjs_losses/__init__.py': /^(__version__ = ).*$/m,
  'CITATION.cff': /^(version: ).*$/m,
};

const CHANGELOG = 'CHANGELOG.md';
const UNRELEASED = /^## Unreleased\n/m;

/** Ends with a message and without a trace of where in this script it came up. */
function refuse(complaint) {
  console.error(`release: ${complaint}`);
  process.exit(1);
}

/** A file and its text with one place replaced, which has to be there. */
function replaced(file, place, text) {
  const whole = readFileSync(file, 'utf8');
  if (!place.test(whole)) refuse(`${file} has no ${place}`);
  return [file, whole.replace(place, text)];
}

const [version, ...rest] = process.argv.slice(2);
const { version: current } = JSON.parse(readFileSync('package.json', 'utf8'));
if (rest.length > 0 || semver.valid(version) !== version) {
  refuse(`the version is ${[version, ...rest].join(' ')}; expected one such as ${semver.inc(current, 'minor')}`);
}
if (semver.lt(version, current)) refuse(`the version is ${version}; expected ${current} or a later one`);

const changes = (await $`git status --porcelain`).stdout;
if (changes !== '') refuse(`there are changes that are not committed:\n${changes}`);
const tag = `v${version}`;
if ((await $`git tag --list ${tag}`).stdout !== '') refuse(`there is a tag ${tag} already`);
const [, unreleased = ''] = readFileSync(CHANGELOG, 'utf8').split(UNRELEASED);
if (unreleased.split(/^## /m)[0].trim() === '') refuse(`${CHANGELOG} says nothing under Unreleased`);

const today = new Date().toISOString().slice(0, 10);
const files = [
  replaced(CHANGELOG, UNRELEASED, `## Unreleased\n\n## ${version} - ${today}\n`),
  ...Object.entries(VERSIONS).map(([file, line]) => replaced(file, line, `$1"${version}"`)),
];
for (const [file, text] of files) writeFileSync(file, text);
await $`npm version ${version} --no-git-tag-version --allow-same-version`;
await $`git commit --all --message ${`Version ${version}`}`;
await $`git tag --annotate ${tag} --message ${`Version ${version}`}`;
console.log(`${tag} is committed and tagged; \`git push --follow-tags\` and \`npm publish\` make it public.`);
