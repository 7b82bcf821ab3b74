import type { Completions } from './completions.js';

/** The lines of fish's `complete`. */
export function fishScript({ commands, values }: Completions): string {
  const paths = commands.flatMap(({ path }) => (path === '' ? [] : [quoted(path)]));
  const lines = commands.flatMap(({ path, words, flags }) => {
    const at = `complete -c billetera -n ${quoted(`__billetera_at ${quoted(path)}`)}`;
    return [
      ...words.map(({ word, does }) => `${at} -a ${word} -d ${quoted(does)}`),
      ...flags.map(({ flag, does }) => `${at} -l ${flag.slice(2)}${valueText(values.get(flag))} -d ${quoted(does)}`),
    ];
  });
  return `# Completion of billetera for fish. In ~/.config/fish/config.fish: billetera completion fish | source
function __billetera_at
    set -l path
    for word in (commandline -opc)[2..-1]
        if contains -- (string join -- ' ' $path $word) ${paths.join(' ')}
            set -a path $word
        end
    end
    test "$path" = "$argv[1]"
end
${lines.join('\n')}
`;
}

/** A flag with values: `-x` completes only these, `-r` files. */
function valueText(values: readonly string[] | undefined): string {
  if (values === undefined) return '';
  return values.length === 0 ? ' -r' : ` -x -a ${quoted(values.join(' '))}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
