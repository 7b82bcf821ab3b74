import { type Command, Option } from 'commander';
import { type ConfigName, configFileVariable, flagName, optionSchemas, variableName } from '../emulator/config.js';

/** Option → name of its value in the help. Default: the name of the option. */
const valueNames: Partial<Record<ConfigName, string>> = {
  port: 'number',
  tlsPort: 'number',
  maxTenants: 'number',
  maxTokens: 'number',
  tlsCert: 'file',
  tlsKey: 'file',
  host: 'address',
  fixtures: 'folder',
  data: 'folder',
  import: 'file',
  exportOnExit: 'file',
  platformKey: 'file',
  logLevel: 'level',
  fsync: 'on|off',
  allowHost: 'name',
  publicUrl: 'address',
  controlToken: 'secret',
};

/** The first words about the flag `--url`. */
export const urlFlag = 'a running emulator, optionally with /t/<tenant>';

/**
 * Adds a flag for every option. Names, variables and descriptions come from the schema of the configuration.
 * @param defaults the defaults of this command that differ from those of `start`, in words
 */
export function addConfigFlags(command: Command, defaults: Partial<Record<ConfigName, string>> = {}): Command {
  for (const name of Object.keys(optionSchemas) as ConfigName[]) command.addOption(configFlag(name, defaults[name]));
  return command.option(
    '--config <file>',
    `a configuration file (default ./billetera.config.json, if it exists; ${configFileVariable})`,
  );
}

/** The flag of one option. @param ownDefault its default for this command, in words */
export function configFlag(name: ConfigName, ownDefault?: string): Option {
  const schema = optionSchemas[name] as { type?: string; description?: string; default?: unknown };
  const { type, description } = schema;
  const fallback = ownDefault ?? schema.default;
  const isSwitch = type === 'boolean';
  const isList = type === 'array';
  const notes = [...(fallback === undefined || isSwitch || isList ? [] : [`default ${fallback}`]), variableName(name)];
  const option = new Option(
    isSwitch ? flagName(name) : `${flagName(name)} <${valueNames[name] ?? name}>`,
    `${description} (${notes.join('; ')})`,
  );
  if (isList)
    option.argParser((value: string, before: string[] = []) => [
      ...before,
      ...value.split(',').flatMap((item) => item.trim() || []),
    ]);
  return option;
}
