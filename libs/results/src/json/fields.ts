import { type Json, isObject } from './json-value.ts'

export type JsonObject = { readonly [key: string]: Json }

/* Fields of objects that others wrote: what has another type than it should is as if it weren't there. */

export const textField = (value: JsonObject | undefined, key: string): string | undefined => {
  const found = value?.[key]
  return typeof found === 'string' ? found : undefined
}

export const numberField = (value: JsonObject | undefined, key: string): number | undefined => {
  const found = value?.[key]
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined
}

/** A count: a whole number of at least 0. */
export const countField = (value: JsonObject | undefined, key: string): number | undefined => {
  const found = numberField(value, key)
  return found !== undefined && Number.isInteger(found) && found >= 0 ? found : undefined
}

export const objectField = (value: JsonObject | undefined, key: string): JsonObject | undefined => {
  const found = value?.[key]
  return isObject(found) ? found : undefined
}

export const listField = (value: JsonObject | undefined, key: string): readonly Json[] => {
  const found = value?.[key]
  return Array.isArray(found) ? found : []
}

/** The texts in a list. */
export const textsField = (value: JsonObject | undefined, key: string): readonly string[] =>
  listField(value, key).filter((each) => typeof each === 'string')
