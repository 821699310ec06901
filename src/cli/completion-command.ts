import { Argument, type Command } from 'commander';
import { addCommand, type Run } from './add-command.ts';

/** What the scripts of `completion` call, hidden from people. */
export const COMPLETE = 'complete';

const PLACES = `
Where to put it:
  ~/.bashrc
    eval "$(deadline-notifications completion bash)"
  ~/.zshrc, after compinit
    eval "$(deadline-notifications completion zsh)"
  ~/.config/fish/config.fish
    deadline-notifications completion fish | source
  $PROFILE of PowerShell
    deadline-notifications completion powershell | Out-String | Invoke-Expression`;

/** Adds the command that prints the scripts. Its code is loaded when it is called. */
export function addCompletionCommand(program: Command, run: Run): void {
  addCommand(
    program,
    'completion',
    'prints a script for a shell, which then completes commands, options, statuses, and profiles',
    'completion bash',
  )
    .addHelpText('after', PLACES)
    .addArgument(new Argument('<shell>').choices(['bash', 'fish', 'powershell', 'zsh']))
    .action(run(async (_, shell) => (await import('./commands/completion.ts')).completion(shell)));
}
