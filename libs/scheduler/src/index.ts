export * from './schedule-order.ts'
export * from './scheduler.ts'
export * from './simulate.ts'
