import { language } from '../language.js';
import { run, runsHere } from './run.js';
import { words } from './words.js';

/** A program of a page, with buttons that run it here, make it editable, and open it elsewhere. */
export class RunHere extends HTMLElement {
  connectedCallback(): void {
    const code = this.querySelector('code');
    if (!code || this.querySelector('.run-here-buttons')) return;
    const own = words[language()];
    const output = document.createElement('pre');
    output.className = 'run-here-output';
    output.setAttribute('role', 'status');
    output.hidden = true;
    const bar = document.createElement('div');
    bar.className = 'run-here-buttons';
    bar.append(
      ...(runsHere(textOf(code)) ? [button(own.run, () => void this.#run(code, output))] : []),
      button(own.edit, () => editable(code, own.code)),
      button(own.open, () => void this.#open(code)),
    );
    code.closest('div')?.after(bar, output);
  }

  async #run(code: HTMLElement, output: HTMLElement): Promise<void> {
    const own = words[language()];
    output.hidden = false;
    delete output.dataset['done'];
    output.textContent = own.loading;
    const lines: string[] = [];
    await run(textOf(code), (text) => lines.push(text));
    output.textContent = lines.join('\n') || own.nothing;
    output.dataset['done'] = '';
  }

  async #open(code: HTMLElement): Promise<void> {
    const { openElsewhere } = await import('./openElsewhere.js');
    openElsewhere(this.getAttribute('name') ?? 'program', textOf(code));
  }
}

/** The lines as they are shown, each a `span.line` or what an editor made of it. */
const textOf = (code: HTMLElement): string => code.innerText.replace(/\u00a0/g, ' ');

function button(text: string, pressed: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = text;
  made.addEventListener('click', pressed);
  return made;
}

function editable(code: HTMLElement, label: string): void {
  code.setAttribute('contenteditable', 'plaintext-only');
  code.setAttribute('role', 'textbox');
  code.setAttribute('aria-multiline', 'true');
  code.setAttribute('aria-label', label);
  code.spellcheck = false;
  code.focus();
}
