import { fileURLToPath } from 'node:url'

/** `at name (place)` or `at place`, with the place's line and, where the language tells it, column. */
const FRAME = /^\s*at (?:(?<name>.+?) \()?(?<place>[^()]+?:\d+(?::\d+)?)\)?$/

export interface Frame {
  /** Empty for an anonymous function. */
  readonly name: string
  /** `file:line:column` or `file:line`, relative to the workspace when it lies inside. */
  readonly place: string
  /** Inside the workspace and not in `node_modules`. */
  readonly own: boolean
}

/** The frames of a V8 stack. @param root absolute workspace root; without it places stay as they are */
export function parseStack(stack: string, root: string | undefined): Frame[] {
  const frames: Frame[] = []
  for (const line of stack.split('\n')) {
    const groups = FRAME.exec(line)?.groups
    const place = groups?.['place']
    if (place === undefined) continue
    const path = place.startsWith('file://') ? fileUrlPath(place) : place
    const inside = root !== undefined && path.startsWith(`${root}/`)
    const internal = path.startsWith('node:') || path.includes('node_modules/')
    frames.push({
      name: groups?.['name'] ?? '',
      place: inside ? path.slice(root.length + 1) : path,
      own: !internal && (inside || root === undefined || !path.startsWith('/')),
    })
  }
  return frames
}

/** The frames worth reading: the workspace's own, else the first ones. At most `limit`. */
export function shortStack(stack: string, root: string | undefined, limit = 4): Frame[] {
  const frames = parseStack(stack, root)
  const own = frames.filter((frame) => frame.own)
  return (own.length > 0 ? own : frames).slice(0, limit)
}

export const frameText = (frame: Frame): string =>
  frame.name === '' ? `at ${frame.place}` : `at ${frame.name} (${frame.place})`

function fileUrlPath(url: string): string {
  try {
    return fileURLToPath(url)
  } catch {
    return url
  }
}
