import type { Completions } from './completions.js';

/** A function for bash's `complete`. If it has no words, bash completes files. */
export function bashScript({ commands, values }: Completions): string {
  const paths = commands.flatMap(({ path }) => (path === '' ? [] : [`"${path}"`]));
  const ofFlags = [...values].map(([flag, words]) => `    ${flag}) words="${words.join(' ')}" ;;`);
  const ofCommands = commands.map(
    ({ path, words, flags }) =>
      `      "${path}") words="${[...words.map(({ word }) => word), ...flags.map(({ flag }) => flag)].join(' ')}" ;;`,
  );
  return `# Completion of billetera for bash. In ~/.bashrc: source <(billetera completion bash)
_billetera() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" path="" words="" word
  COMPREPLY=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    [[ "$word" == -- ]] && return
    case "\${path:+$path }$word" in
      ${paths.join('|')}) path="\${path:+$path }$word" ;;
    esac
  done
  case "$previous" in
${ofFlags.join('\n')}
    *) case "$path" in
${ofCommands.join('\n')}
    esac ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _billetera billetera
`;
}
