import type { VitestCase, VitestGroup, VitestModule } from './vitest-api.ts'

/**
 * The titles by which a case is known. A named project comes first: the same file may run in several.
 * @param entity a module has the path of its project
 */
export function casePath(entity: VitestCase | VitestGroup | VitestModule): string[] {
  if (entity.type === 'module') return entity.project.name === '' ? [] : [entity.project.name]
  return [...casePath(entity.parent), entity.name]
}
