import { type DestinationStream, type Logger, pino } from 'pino';

/** Creates the emulator's log on standard error: readable on a terminal, JSON otherwise. */
export async function createLog(level: string): Promise<Logger> {
  const destination: DestinationStream = process.stderr.isTTY
    ? (await import('pino-pretty')).default({
        destination: 2,
        sync: true,
        ignore: 'pid,hostname,reqId,tenant,operation,code',
        translateTime: 'SYS:HH:MM:ss',
        messageFormat: '{if operation}{operation} {code} {end}{if tenant}[{tenant}] {end}{msg}',
      })
    : pino.destination({ dest: 2, sync: false });
  return pino({ level, base: null }, destination);
}
