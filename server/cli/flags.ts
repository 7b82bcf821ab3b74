import { type Command, Option } from 'commander';
import { ConfigFile, configFileVariable, environment } from '../emulator/config.js';

/** Adds a flag for everything that can be configured: its name, its variable and its words come from the one schema. */
export function addConfigFlags(command: Command): Command {
  for (const [name, schema] of Object.entries(ConfigFile.properties)) {
    if (name === '$schema') continue;
    const { type, description, default: fallback } = schema as { type?: string; description?: string; default?: unknown };
    const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    const variable = environment[name as keyof typeof environment];
    const notes = [fallback !== undefined && type !== 'boolean' && type !== 'array' && `default ${fallback}`, variable]
      .filter(Boolean)
      .join('; ');
    const option = new Option(
      type === 'boolean' ? flag : `${flag} <${valueName(name)}>`,
      `${description}${notes && ` (${notes})`}`,
    );
    if (type === 'array')
      option.argParser((value: string, before: string[] | undefined) => [...(before ?? []), ...value.split(',')]);
    command.addOption(option);
  }
  return command.option(
    '--config <file>',
    `a configuration file (default ./billetera.config.json if it is there; ${configFileVariable})`,
  );
}

function valueName(name: string): string {
  return (
    {
      port: 'number',
      tlsPort: 'number',
      tlsCert: 'file',
      tlsKey: 'file',
      host: 'address',
      fixtures: 'folder',
      data: 'folder',
      platformKey: 'file',
      logLevel: 'level',
      allowHost: 'name',
    }[name] ?? name
  );
}
