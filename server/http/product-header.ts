/** Every answer of the control API has this header, so that clients tell an emulator from other servers. */
export const productHeader = 'x-emulator';
export const product = 'billetera';
