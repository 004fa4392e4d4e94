/** The versions of Nx that are promised to work: the oldest, the one this repository uses, the newest. */
export const NX_VERSIONS = ['22.7', '23.3', '24.0'] as const
