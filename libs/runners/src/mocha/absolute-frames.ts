import { resolve } from 'node:path'

/** A place in brackets that begins like a path below a folder: no root, no drive, no address such as `node:fs`. */
const FRAME = /^(\s+at .*\()(?![/\\<]|[\w+.-]+:(?!\d))([^()]+:\d+:\d+\)?)$/gm

/**
 * Mocha cuts its working directory off the frames of a stack, which then seem to lie in the workspace's root.
 * @param cwd absolute; the one that mocha ran in
 */
export const absoluteFrames = (stack: string, cwd: string): string =>
  stack.replaceAll(FRAME, (_, before: string, place: string) => before + resolve(cwd, place))
