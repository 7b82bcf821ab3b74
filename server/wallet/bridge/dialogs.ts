import { type Handler, type Outcome, succeed, text } from '../../jsapi/outcome.ts';
import { offer } from './call.ts';
import { config } from './config.ts';
import { openModal } from './layer.ts';
import { inTurn } from './turn.ts';

const CSS = `dialog{box-sizing:border-box;width:20rem;max-width:calc(100vw - 3rem);max-height:80vh;overflow:auto;overscroll-behavior:contain;
margin:auto;padding:0;border:1px solid transparent;border-radius:14px;color-scheme:light dark;background:Canvas;color:CanvasText;
font:16px/1.45 system-ui,sans-serif;text-align:center}
dialog::backdrop{background:rgba(0,0,0,.5)}
h2{font-size:18px;margin:20px}
h2+p{margin-top:-8px}
p{margin:20px;white-space:pre-wrap;overflow-wrap:anywhere}
input{box-sizing:border-box;width:calc(100% - 40px);min-height:44px;margin:0 20px 20px;padding:0 12px;font:inherit}
div{display:flex;flex-wrap:wrap;border-top:1px solid GrayText}
button{flex:1 1 40%;min-height:48px;padding:8px 12px;border:0;background:none;color:inherit;font:inherit;cursor:pointer}
button[data-main]{font-weight:600}
button:focus-visible,input:focus-visible{outline:2px solid Highlight;outline-offset:-4px}
.list{flex-direction:column}`;

interface Question {
  role?: 'alertdialog';
  title?: unknown;
  content?: unknown;
  placeholder?: string;
  buttons: string[];
  /** The one that Enter takes. */
  main: number;
  list?: boolean;
}

const queue = inTurn();

/** Asks the user: one question at a time, its words as text, never as markup. -1 is Escape. */
function ask(question: Question): Promise<{ index: number; input: string }> {
  return queue(
    () =>
      new Promise((resolve) => {
        const input = document.createElement('input');
        const end = (index: number) => {
          modal.close();
          resolve({ index, input: input.value });
        };
        const modal = openModal(
          CSS,
          (_layer, dialog) => {
            if (question.role) dialog.setAttribute('role', question.role);
            const title = add(dialog, 'h2', text(question.title));
            const content = add(dialog, 'p', text(question.content));
            if (!title && !content) dialog.setAttribute('aria-label', config.siteName);
            else dialog.setAttribute('aria-labelledby', title ? 'h2' : 'p');
            if (title && content) dialog.setAttribute('aria-describedby', 'p');
            if (question.placeholder !== undefined) {
              input.placeholder = question.placeholder;
              input.autofocus = true;
              input.setAttribute('aria-labelledby', content ? 'p' : 'h2');
              input.addEventListener('keydown', (event) => {
                if (event.key !== 'Enter' || event.isComposing) return;
                // The focus returns to the page at once: the key must not press what is there.
                event.preventDefault();
                end(question.main);
              });
              dialog.append(input);
            }
            const row = document.createElement('div');
            if (question.list) row.className = 'list';
            question.buttons.forEach((label, index) => {
              const button = document.createElement('button');
              button.type = 'button';
              button.textContent = label;
              button.dir = 'auto';
              button.addEventListener('click', () => end(index));
              if (index === question.main) {
                button.dataset.main = '';
                button.autofocus = question.placeholder === undefined;
              }
              row.append(button);
            });
            dialog.append(row);
          },
          () => end(-1),
        );
      }),
  );
}

function add(dialog: HTMLElement, tag: 'h2' | 'p', words: string): boolean {
  if (!words) return false;
  const element = document.createElement(tag);
  element.id = tag;
  element.dir = 'auto';
  element.textContent = words;
  dialog.append(element);
  return true;
}

const OK = 'OK';
const CANCEL = 'Cancel';

const alert: Handler = async (params): Promise<Outcome> => {
  const label = text(params.buttonText ?? params.button) || OK;
  await ask({ role: 'alertdialog', title: params.title, content: params.content ?? params.message, buttons: [label], main: 0 });
  return succeed();
};

const confirm: Handler = async (params) => {
  const buttons = [
    text(params.cancelButtonText ?? params.cancelButton) || CANCEL,
    text(params.confirmButtonText ?? params.okButton) || OK,
  ];
  const { index } = await ask({ title: params.title, content: params.content ?? params.message, buttons, main: 1 });
  return succeed({ confirm: index === 1 });
};

const prompt: Handler = async (params) => {
  const { index, input } = await ask({
    title: params.title,
    content: params.message ?? params.content,
    placeholder: text(params.placeholder),
    buttons: [text(params.cancelButtonText) || CANCEL, text(params.okButtonText) || OK],
    main: 1,
  });
  return succeed(index === 1 ? { ok: true, inputValue: input } : { ok: false });
};

const showActionSheet: Handler = async (params) => {
  const items = Array.isArray(params.items) ? params.items.map(text) : [];
  const buttons = [...items, text(params.cancelButtonText) || CANCEL];
  const { index } = await ask({ title: params.title, buttons, main: -1, list: true });
  return succeed({ index: index < items.length ? index : -1 });
};

export function offerDialogs(): void {
  offer({ alert, confirm, prompt, showActionSheet });
}
