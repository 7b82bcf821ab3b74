import { refresh } from './stay.js';
import { listen } from './stream.js';

/** Shows the authorization again when the stream says that it may have changed. Opened details stay open. */
listen('authorization', () => refresh().catch(() => undefined));
