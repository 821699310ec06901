import { randomUUID } from 'node:crypto';
import {
  access,
  constants,
  type FileHandle,
  open,
  realpath,
  rename,
  rm,
  stat,
} from 'node:fs/promises';
import { basename, dirname, extname, join, sep } from 'node:path';
import { CannotWrite, WrongUsage } from '../shared/errors.ts';
import { oneLine } from '../shared/printable.ts';

/** Where something is written. Unless it is finished, nothing is left of it in the end. */
export interface WrittenOutput extends AsyncDisposable {
  /** Waits until there is room for more. */
  write(chunk: string | Uint8Array): Promise<void>;
  finish(): Promise<void>;
}

/** How something can be written. */
export interface FormatOptions<Format extends string> {
  /** What `--format` says. */
  readonly format?: Format;
  /** What `--output` says. */
  readonly output?: string;
  /** Whether `--json` is given. */
  readonly json: boolean;
}

/**
 * The format that is asked for: that of `--format`, or of `--json`, or else of the ending of the output's name.
 *
 * @param endings the format of each ending that a name may have, without its dot
 * @param ofJson the format of `--json`
 * @returns `undefined` if none is asked for
 * @throws WrongUsage if two differ, or if the ending tells none
 */
export function chosenFormat<Format extends string>(
  { format, output, json }: FormatOptions<Format>,
  endings: Readonly<Record<string, Format>>,
  ofJson: Format,
): Format | undefined {
  if (format !== undefined) {
    if (json && format !== ofJson) {
      throw new WrongUsage(`Give either --json or --format ${format}.`);
    }
    return format;
  }
  const file = output === undefined ? undefined : basename(output);
  const ending = file === undefined ? '' : extname(file).slice(1).toLowerCase();
  const ofName = Object.hasOwn(endings, ending) ? endings[ending] : undefined;
  if (json) {
    if (ofName !== undefined && ofName !== ofJson) {
      throw new WrongUsage(`Give either --json or an --output that does not end with .${ending}.`);
    }
    return ofJson;
  }
  if (file === undefined || ofName !== undefined) return ofName;
  const known = Object.keys(endings).map((each) => `.${each}`);
  throw new WrongUsage(
    `The name ${oneLine(file)} does not tell the format. Give --format, or a name that ends with ${known.slice(0, -1).join(', ')}, or ${known.at(-1)}.`,
  );
}

/**
 * A file, written beside its place under another name, and renamed at the end: nobody finds half a file. As with `cp`,
 * a file that is there is replaced; it keeps its permissions. What is not a file, such as a named pipe, is written to as
 * it is.
 *
 * @throws CannotWrite if it cannot be written
 */
export async function outputFile(path: string): Promise<WrittenOutput> {
  const file = new OutputFile(path);
  await file.open();
  return file;
}

class OutputFile implements WrittenOutput {
  readonly #path: string;
  #handle: FileHandle | undefined;
  /** The name under which it is written, and its own. */
  #names: { readonly temporary: string; readonly final: string } | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  open(): Promise<void> {
    return this.#try(async () => {
      const found = await stat(this.#path).catch(absent);
      if (found && !found.isFile()) {
        this.#handle = await open(this.#path, 'w');
        return;
      }
      if (found) await access(this.#path, constants.W_OK);
      else if (['/', sep].includes(this.#path.slice(-1)))
        throw Object.assign(new Error(), { code: 'EISDIR' });
      const final = found ? await realpath(this.#path) : this.#path;
      const temporary = join(
        dirname(final),
        `.${basename(final)}.${randomUUID().slice(0, 8)}.part`,
      );
      this.#handle = await open(temporary, 'wx');
      this.#names = { temporary, final };
      if (found) await this.#handle.chmod(found.mode);
    });
  }

  write(chunk: string | Uint8Array): Promise<void> {
    return this.#try(async () => this.#handle?.writeFile(chunk));
  }

  finish(): Promise<void> {
    return this.#try(async () => {
      const handle = this.#handle;
      if (this.#names) await handle?.sync();
      this.#handle = undefined;
      await handle?.close();
      if (this.#names) await rename(this.#names.temporary, this.#names.final);
      this.#names = undefined;
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#handle?.close();
    if (this.#names) await rm(this.#names.temporary, { force: true });
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      throw new CannotWrite(`${this.#path} cannot be written: ${reason(error)}`, { cause: error });
    }
  }
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied.',
  EISDIR: 'it is a folder. Give the name of a file.',
  ENOENT: 'there is no such folder.',
  ENOSPC: 'the disk is full.',
  ENOTDIR: 'there is a file where a folder should be.',
  EROFS: 'the file system is read-only.',
};

function reason(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return REASONS[code] ?? message;
}
