import type { Completions } from './completions.js';

/** A function for zsh's `compdef`. */
export function zshScript({ commands, values }: Completions): string {
  const paths = commands.flatMap(({ path }) => (path === '' ? [] : [`"${path}"`]));
  const ofFlags = [...values].map(([flag, words]) =>
    words.length === 0 ? `    ${flag}) _files; return ;;` : `    ${flag}) compadd -- ${words.join(' ')}; return ;;`,
  );
  const ofCommands = commands.map(
    ({ path, words, flags }) =>
      `    "${path}") compadd -- ${[...words.map(({ word }) => word), ...flags.map(({ flag }) => flag)].join(' ')} ;;`,
  );
  return `#compdef billetera
# Completion of billetera for zsh. In ~/.zshrc, after compinit: source <(billetera completion zsh)
_billetera() {
  local command_path="" word
  for word in "\${(@)words[2,CURRENT-1]}"; do
    [[ "$word" == -- ]] && { _files; return; }
    case "\${command_path:+$command_path }$word" in
      ${paths.join('|')}) command_path="\${command_path:+$command_path }$word" ;;
    esac
  done
  case "$words[CURRENT-1]" in
${ofFlags.join('\n')}
  esac
  case "$command_path" in
${ofCommands.join('\n')}
  esac
  _files
}
compdef _billetera billetera
`;
}
