import { packedTarballs } from './packed.ts'

// Once, before the shards of the suite: of two that pack at a time, one would install what the other just removes.
packedTarballs()
