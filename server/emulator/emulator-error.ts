/** The reason why an emulator does not start. */
export type EmulatorErrorCode =
  | 'OPTION_INVALID'
  | 'FIXTURES_INVALID'
  | 'PROFILE_INVALID'
  | 'PLATFORM_KEY_INVALID'
  | 'CERTIFICATE_INVALID'
  | 'DATA_FOLDER_UNAVAILABLE'
  | 'STORE_UNAVAILABLE'
  | 'SNAPSHOT_INVALID'
  | 'PORT_IN_USE'
  | 'PORT_FORBIDDEN'
  | 'HOST_UNAVAILABLE';

/** An option as it was set. Undefined: it was not set. */
export interface OptionValue {
  name: string;
  value: string | number | undefined;
}

export interface EmulatorErrorDetails {
  /** The option that causes the error. The message then begins with its name and value. */
  option?: OptionValue;
  cause?: unknown;
}

/** An emulator cannot start. The message is one line and names options as in code, not as flags. */
export class EmulatorError extends Error {
  readonly code: EmulatorErrorCode;
  readonly option: OptionValue | undefined;
  /** The message without the option. */
  readonly problem: string;

  constructor(code: EmulatorErrorCode, problem: string, { option, cause }: EmulatorErrorDetails = {}) {
    const prefix = option === undefined ? '' : `${option.name}${option.value === undefined ? '' : ` ${option.value}`}: `;
    super(prefix + problem, cause === undefined ? {} : { cause });
    this.code = code;
    this.option = option;
    this.problem = problem;
  }
}

/** Runs one step of a start, and gives its error a code. The error becomes the cause. @throws EmulatorError */
export async function withErrorCode<Result>(
  code: EmulatorErrorCode,
  step: () => Result | Promise<Result>,
  option?: OptionValue,
): Promise<Result> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof EmulatorError) throw error;
    throw new EmulatorError(code, (error as Error).message, { cause: error, ...(option && { option }) });
  }
}
