import { type Handler, succeed } from '../../bridge/core/call-result.js';

/** Writes the text of a dialog or toast to the console. */
const print: Handler = ({ title, content, message }) => {
  console.info(`[my] ${[title, content ?? message].filter((words) => words !== undefined).join(': ')}`);
  return succeed();
};

const ignore: Handler = () => succeed();

/** The calls that show something, in a process that has no screen. */
export const consoleCalls: Record<string, Handler> = {
  alert: print,
  showToast: print,
  hideToast: ignore,
  showLoading: ignore,
  hideLoading: ignore,
};
