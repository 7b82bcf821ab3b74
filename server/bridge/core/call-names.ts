import { reservedNames } from './reserved-names.js';

/** The verbs in the names of JSAPIs, in @mini-types/my and in the wallets' documentation. */
const verbs =
  /^(add|alert|calculate|cancel|check|choose|clear|close|compress|confirm|connect|create|delete|detect|disable|disconnect|download|enable|exit|generate|get|hide|inquiry|launch|load|make|navigate|notify|off|on|open|pay|picker|prepare|prevent|preview|prompt|query|read|redirect|register|remove|report|request|rsa|save|scan|select|send|set|share|show|sign|start|stop|subscribe|switch|to|unregister|unsubscribe|update|upload|use|verify|vibrate|watch|write)$/i;

/**
 * Returns true if a name is that of a call, and not of data. A call has a verb among its words (`chooseImage`, `datePicker`). Frameworks
 * check names of data to find out where they run (`isIDE`, `dd`, `env`), and store objects in `my` (`taroEventCenter`).
 */
export function isCallName(name: string): boolean {
  return !reservedNames.test(name) && name.split(/(?=[A-Z])/).some((word) => verbs.test(word));
}
