/**
 * Exit codes. 64 to 78 are named as in BSD's `sysexits.h`, 124 is that of `timeout` in the GNU core
 * utilities, and 130 is a shell's for `Ctrl-C` (128 + 2).
 */
export const EXIT = {
  /** A check failed, or not everything was done. */
  failure: 1,
  /** A job is completed, but tasks of it are not. */
  contradicted: 3,
  /** Wrong usage. */
  usage: 64,
  /** The input is not valid. */
  dataError: 65,
  /** No such job, dead letter, alert, or file. */
  noInput: 66,
  /** The stack was not found. */
  unavailable: 69,
  /** Any other error. */
  software: 70,
  /** The output cannot be written. */
  ioError: 74,
  noPermission: 77,
  /** Something must be set up first. */
  configuration: 78,
  timedOut: 124,
  interrupted: 130,
} as const;
