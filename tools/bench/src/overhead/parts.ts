/** What can be left out of the measured engine, to see what it costs. */
export const PARTS = ['journal', 'suite log', 'memory', 'unit runner'] as const

export type Part = (typeof PARTS)[number]
