export * from './suite-json.ts'
