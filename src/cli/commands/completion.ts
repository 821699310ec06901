import { ShellCompDirective, script } from '@bomb.sh/tab';
import type { Command } from 'commander';
import { COMMAND } from '../../shared/resource-names.ts';
import { completionsOf } from '../../terminal/completions.ts';
import { COMPLETE } from '../completion-command.ts';

/**
 * The library's script for bash needs the package bash-completion, evaluates what is typed, cannot be read
 * twice, and never completes files.
 */
const BASH = `_deadline_notifications() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    case $line in
      :0) ;;
      :*) compopt +o default 2>/dev/null ;; # no files; bash 3 does not know it
      *) COMPREPLY+=("\${line%%$'\\t'*}") ;;
    esac
  done < <(${COMMAND} ${COMPLETE} -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _deadline_notifications ${COMMAND}`;

/** Prints a script with which a shell completes calls. It asks the installed command. */
export async function completion(shell: string): Promise<number> {
  if (shell === 'bash') console.log(BASH);
  else script(shell, COMMAND, COMMAND);
  return 0;
}

/** Answers the script of a shell: a completion a line with its description, then whether files fit. */
export async function complete(program: Command, words: readonly string[]): Promise<number> {
  const { all, files } = await completionsOf(program, words[0] === '--' ? words.slice(1) : words);
  const { ShellCompDirectiveDefault, ShellCompDirectiveNoFileComp } = ShellCompDirective;
  for (const { text, description } of all) {
    console.log(description === '' ? text : `${text}\t${description}`);
  }
  console.log(`:${files ? ShellCompDirectiveDefault : ShellCompDirectiveNoFileComp}`);
  return 0;
}
