import {
  access,
  constants,
  type FileHandle,
  open,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CannotWrite } from '../shared/errors.ts';

/** A file that is there once it is whole, and before that what was there. */
export interface WrittenFile extends AsyncDisposable {
  /** Writes all of it, and gives it its name. */
  write(text: string): Promise<void>;
}

/**
 * Makes sure that a file can be written: it is written beside its place under another name, and renamed at the end. A
 * file that exists is replaced; its mode stays. What is no file, such as a pipe, is written to as it is.
 *
 * @throws CannotWrite if it cannot be written, with nothing done
 */
export async function openWrittenFile(path: string): Promise<WrittenFile> {
  try {
    const found = await stat(path).catch(unlessMissing);
    if (found?.isDirectory() || /[/\\]$/.test(path)) throw new Error('it is a folder');
    if (found) await access(path, constants.W_OK);
    if (found && !found.isFile()) return direct(path);
    // Not in place of a link, but of what it leads to.
    return await beside(found ? await realpath(path) : path, found?.mode);
  } catch (error) {
    throw notWritten(path, error);
  }
}

function direct(path: string): WrittenFile {
  return {
    async write(text) {
      await writeFile(path, text).catch((error) => Promise.reject(notWritten(path, error)));
    },
    async [Symbol.asyncDispose]() {},
  };
}

async function beside(path: string, mode: number | undefined): Promise<WrittenFile> {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
  const file: FileHandle = await open(temporary, 'w');
  let isDone = false;
  return {
    async write(text) {
      try {
        if (mode !== undefined) await file.chmod(mode & 0o777);
        await file.writeFile(text);
        await file.sync();
        await file.close();
        await rename(temporary, path);
        isDone = true;
      } catch (error) {
        throw notWritten(path, error);
      }
    },
    async [Symbol.asyncDispose]() {
      if (isDone) return;
      await file.close().catch(() => undefined);
      await rm(temporary, { force: true });
    },
  };
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}

function notWritten(path: string, error: unknown): CannotWrite {
  const { code, message } = error as NodeJS.ErrnoException;
  return new CannotWrite(`${path} cannot be written: ${REASONS[code ?? ''] ?? message}.`, {
    cause: error,
  });
}

/** What the system's codes mean. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder',
  ENOTDIR: 'there is no such folder',
  EACCES: 'this is not allowed',
  EPERM: 'this is not allowed',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
};
