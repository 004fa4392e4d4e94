/** Why a file of the report is missing. Never changes the run's verdict. */
export interface ReportProblem {
  /** Absolute path of what couldn't be read or written. */
  readonly file: string
  readonly cause: string
  readonly remedy: string
}

const REMEDIES: Readonly<Record<string, string>> = {
  EACCES: 'Make the folder writable for this user.',
  EPERM: 'Make the folder writable for this user.',
  EROFS: 'The file system is read-only: choose another folder for the reports, or none.',
  ENOSPC: 'The disk is full: free some space.',
  EDQUOT: 'The disk quota is used up: free some space.',
  ENOTDIR: 'A file stands where the folder should be: move it away.',
  EEXIST: 'A file stands where the folder should be: move it away.',
  ERR_FS_EISDIR: 'A folder stands where the file should be: move it away.',
  EISDIR: 'A folder stands where the file should be: move it away.',
  ENOENT: 'Something removed the folder meanwhile: run again.',
}

export function reportProblem(file: string, error: unknown): ReportProblem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const cause = error instanceof Error ? error.message : String(error)
  return { file, cause, remedy: REMEDIES[code] ?? 'Please report this: it looks like a mistake in Muster.' }
}
