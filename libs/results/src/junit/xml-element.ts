import { OWN_PROPERTY } from './junit-elements.ts'
import { xmlAttribute } from '../xml/xml-text.ts'

/** An opening tag without its end, so that the caller closes it either way. */
export const element = (name: string, attributes: Readonly<Record<string, string>>): string =>
  [`<${name}`, ...Object.entries(attributes).map(([key, value]) => `${key}="${xmlAttribute(value)}"`)].join(
    ' ',
  )

/** A `properties` element with names of our own, as lines; none when there is nothing to tell. */
export function properties(values: Readonly<Record<string, string>>): string[] {
  const entries = Object.entries(values)
  if (entries.length === 0) return []
  const lines = entries.map(
    ([key, value]) => `  ${element('property', { name: `${OWN_PROPERTY}${key}`, value })}/>`,
  )
  return ['<properties>', ...lines, '</properties>']
}

export const seconds = (ms: number): string => (Number.isFinite(ms) ? Math.max(0, ms) / 1000 : 0).toFixed(3)
