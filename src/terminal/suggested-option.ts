import { Option } from 'commander';

/** Values that a shell completes. */
export type Suggestions = () => readonly string[] | Promise<readonly string[]>;

/** An option with values to suggest while it is typed, one or several with commas. Others may be valid, too. */
export class SuggestedOption extends Option {
  readonly suggestions: Suggestions;

  constructor(flags: string, description: string, suggestions: Suggestions) {
    super(flags, description);
    this.suggestions = suggestions;
  }
}
