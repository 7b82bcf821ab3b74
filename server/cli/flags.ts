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

/** Adds a flag for every option. Names, variables and descriptions come from the schema of the configuration. */
export function addConfigFlags(command: Command): Command {
  for (const name of Object.keys(optionSchemas) as ConfigName[]) command.addOption(configFlag(name));
  return command.option(
    '--config <file>',
    `a configuration file (default ./billetera.config.json, if it exists; ${configFileVariable})`,
  );
}

/** The flag of one option. */
export function configFlag(name: ConfigName): Option {
  const {
    type,
    description,
    default: fallback,
  } = optionSchemas[name] as { type?: string; description?: string; default?: unknown };
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
