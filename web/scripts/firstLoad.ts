// For the bundler: what the first screen needs of our own, with what that needs, as one chunk.
// Without it whatever a later page uses, too, is a chunk of its own, dozens of requests.

interface Graph {
  getModuleInfo(id: string): { importedIds: readonly string[] } | null
}

const SOURCES = new URL('../src/', import.meta.url).pathname
/** Where everything begins. */
export const ENTRY = `${SOURCES}main.tsx`

/** A group of modules, as Rolldown's `codeSplitting` takes them. */
export function firstLoad() {
  let needed: ReadonlySet<string> | undefined
  const name = (id: string, graph: Graph) => {
    needed ??= neededBy(ENTRY, graph)
    return needed.has(id) ? 'first' : null
  }
  return { name, test: (id: string) => id.startsWith(SOURCES) }
}

/** Everything that a module imports at once, however far; itself left out: it names the build. */
export function neededBy(entry: string, graph: Graph): Set<string> {
  const found = new Set([entry])
  for (const id of found) {
    for (const next of graph.getModuleInfo(id)?.importedIds ?? []) found.add(next)
  }
  found.delete(entry)
  return found
}
