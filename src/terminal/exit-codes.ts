/**
 * Exit codes. Those from 64 to 78 are named as in `sysexits.h` of the BSDs, 124 is what `timeout` of the
 * GNU core utilities has, and 130 is a shell's for `Ctrl-C` (128 + 2).
 */
export const EXIT = {
  /** What a command looked at is wrong, or was not done. */
  failure: 1,
  /** The call is wrong. */
  usage: 64,
  /** What was given to the command is wrong. */
  dataError: 65,
  /** What was asked for is not there. */
  noInput: 66,
  /** What the command works on cannot be found. */
  unavailable: 69,
  /** All errors that have no code of their own. */
  software: 70,
  /** The output cannot be written. */
  ioError: 74,
  noPermission: 77,
  /** Something has to be set up first. */
  configuration: 78,
  timedOut: 124,
  interrupted: 130,
} as const;
