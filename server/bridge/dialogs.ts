import { config } from './config.ts';
import { type Handler, succeed, text } from './core/call-result.ts';
import { createQueue } from './core/queue.ts';
import { openModal, translate } from './layer.ts';

const css = `dialog{--paper:#fff;--ink:#14201d;--soft:#52605b;--rule:#e1e6e4;--press:#f2f4f3;
box-sizing:border-box;width:20rem;max-width:calc(100vw - 3rem);max-height:80vh;overflow:hidden;
margin:auto;padding:0;border:1px solid transparent;border-radius:18px;outline:0;color-scheme:light dark;background:var(--paper);color:var(--ink);
font:16px/1.45 system-ui,sans-serif;text-align:center;box-shadow:0 16px 48px rgba(8,14,12,.28);overscroll-behavior:contain}
@media(prefers-color-scheme:dark){dialog{--paper:#1c2424;--ink:#edf2f0;--soft:#a8b5b0;--rule:#333e3c;--press:#28322f}}
dialog[open]{display:flex;flex-direction:column}
dialog::backdrop{background:rgba(8,14,12,.55)}
section{min-height:0;overflow:auto;overscroll-behavior:contain}
section:focus-visible{outline:2px solid;outline-offset:-4px;border-radius:16px}
button:focus-visible,input:focus-visible{outline:2px solid transparent;outline-offset:-4px}
h2{margin:24px 24px 0;font-size:18px;line-height:1.3;overflow-wrap:anywhere}
h2:last-child{margin-bottom:24px}
p{margin:24px;white-space:pre-wrap;overflow-wrap:anywhere}
h2+p{margin-top:8px;color:var(--soft)}
p+input{margin-top:-8px}
input{box-sizing:border-box;width:calc(100% - 48px);min-height:46px;margin:16px 24px 24px;padding:0 12px;border:1px solid var(--soft);border-radius:12px;
background:none;color:inherit;font:inherit}
input:focus{border-color:var(--ink);box-shadow:0 0 0 1px var(--ink)}
div{display:flex;flex:none;flex-wrap:wrap;gap:1px;padding-top:1px;background:var(--rule)}
button{flex:1 1 40%;min-height:52px;padding:8px 16px;border:0;background:var(--paper);color:var(--soft);font:inherit;overflow-wrap:anywhere;cursor:pointer;
-webkit-tap-highlight-color:transparent}
button:hover,button:active,button:focus-visible{background:var(--press)}
button:focus-visible{text-decoration:underline 2px;text-underline-offset:5px}
button[data-main]{color:var(--ink);font-weight:600}
.list h2{margin:16px 24px;color:var(--soft);font-size:14px;font-weight:400}
.list button{flex-basis:100%}
.list section button{color:var(--ink)}
.list div:first-child{padding-top:0}
.list>div{padding-top:8px;background:var(--press)}
@media(max-width:480px){.list{width:100%;max-width:none;margin:auto 0 0;border-width:0;border-radius:18px 18px 0 0;padding-bottom:env(safe-area-inset-bottom)}}`;

interface Question {
  role?: 'alertdialog';
  title?: unknown;
  content?: unknown;
  placeholder?: string;
  /** Shown below each other, above the buttons. */
  items?: string[];
  /** Without items, Enter presses the last one. */
  buttons: string[];
}

const queue = createQueue();

type End = (index: number) => void;

/**
 * Asks the user one question at a time. All texts are shown as text, never as markup.
 * @returns which item or button was pressed, counted from the first item on; -1 for Escape, or if the page removes the dialog
 */
function ask(question: Question): Promise<{ index: number; input: string }> {
  return queue(
    () =>
      new Promise((resolve) => {
        const input = document.createElement('input');
        const words = document.createElement('section');
        const end: End = (index) => {
          // The call ends first, whatever happens to the dialog.
          resolve({ index, input: input.value });
          modal.close();
        };
        const dismiss = () => end(-1);
        const modal = openModal(
          css,
          (_layer, dialog) => {
            addTexts(question, dialog, words);
            if (question.placeholder !== undefined) addInput(question, words, input, end);
            if (question.items) {
              dialog.className = 'list';
              words.append(row(question.items, end));
            }
            dialog.append(words, buttonRow(question, end));
          },
          dismiss,
          dismiss,
        );
        // The list itself has the focus, so that no item is preselected.
        if (question.items) {
          modal.dialog.tabIndex = -1;
          modal.dialog.focus();
        } else if (words.scrollHeight > words.clientHeight) words.tabIndex = 0;
      }),
  );
}

/** Adds title and content, and names the dialog by them. */
function addTexts(question: Question, dialog: HTMLElement, words: HTMLElement): void {
  if (question.role) dialog.setAttribute('role', question.role);
  const title = add(words, 'h2', text(question.title));
  const content = add(words, 'p', text(question.content));
  if (!title && !content) dialog.setAttribute('aria-label', config.siteName);
  else dialog.setAttribute('aria-labelledby', title ? 'h2' : 'p');
  if (title && content) dialog.setAttribute('aria-describedby', 'p');
}

function addInput(question: Question, words: HTMLElement, input: HTMLInputElement, end: End): void {
  input.placeholder = question.placeholder ?? '';
  input.autofocus = true;
  input.setAttribute('aria-labelledby', words.querySelector('p') ? 'p' : 'h2');
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.isComposing) return;
    // The focus returns to the page at once. The key must not press the element that has it there.
    event.preventDefault();
    end(question.buttons.length - 1);
  });
  words.append(input);
}

function buttonRow({ items, buttons, placeholder }: Question, end: End): HTMLElement {
  const element = row(buttons, (at) => end((items?.length ?? 0) + at));
  const main = element.lastElementChild;
  if (!items && main instanceof HTMLElement) {
    main.dataset.main = '';
    main.autofocus = placeholder === undefined;
  }
  return element;
}

function row(labels: string[], press: End): HTMLElement {
  const buttons = document.createElement('div');
  labels.forEach((label, at) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = label;
    button.dir = 'auto';
    button.addEventListener('click', () => press(at));
    buttons.append(button);
  });
  return buttons;
}

function add(to: HTMLElement, tag: 'h2' | 'p', words: string): boolean {
  if (!words) return false;
  const element = document.createElement(tag);
  element.id = tag;
  element.dir = 'auto';
  element.textContent = words;
  to.append(element);
  return true;
}

const ok = () => translate('Aceptar', 'OK');
const cancel = () => translate('Cancelar', 'Cancel');

const alert: Handler = async (params) => {
  const label = text(params.buttonText ?? params.button) || ok();
  await ask({ role: 'alertdialog', title: params.title, content: params.content ?? params.message, buttons: [label] });
  return succeed();
};

const confirm: Handler = async (params) => {
  const buttons = [
    text(params.cancelButtonText ?? params.cancelButton) || cancel(),
    text(params.confirmButtonText ?? params.okButton) || ok(),
  ];
  const { index } = await ask({ title: params.title, content: params.content ?? params.message, buttons });
  return succeed({ confirm: index === 1 });
};

const prompt: Handler = async (params) => {
  const { index, input } = await ask({
    title: params.title,
    content: params.message ?? params.content,
    placeholder: text(params.placeholder),
    buttons: [text(params.cancelButtonText) || cancel(), text(params.okButtonText) || ok()],
  });
  return succeed(index === 1 ? { ok: true, inputValue: input } : { ok: false });
};

const showActionSheet: Handler = async (params) => {
  const items = Array.isArray(params.items) ? params.items.map(text) : [];
  const buttons = [text(params.cancelButtonText) || cancel()];
  const { index } = await ask({ title: params.title, items, buttons });
  return succeed({ index: index < items.length ? index : -1, success: true });
};

export const dialogs: Record<string, Handler> = { alert, confirm, prompt, showActionSheet };
