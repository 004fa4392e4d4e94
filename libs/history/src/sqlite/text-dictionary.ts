import type { Connection } from './connection.ts'

/** Gives the id of a text in a dictionary table, which it enters when it is new. */
export function textDictionary(
  connection: Connection,
  table: 'suite' | 'test_file',
  column: 'name' | 'path',
): (text: string) => number {
  const find = connection.prepare(`select id from ${table} where ${column} = ?`)
  const insert = connection.prepare(`insert into ${table} (${column}) values (?)`)
  const known = new Map<string, number>()
  return (text) => {
    let id = known.get(text)
    if (id === undefined) {
      const [row] = find.all([text]) as { id: number }[]
      id = row?.id ?? Number(insert.run([text]).lastInsertRowid)
      known.set(text, id)
    }
    return id
  }
}
