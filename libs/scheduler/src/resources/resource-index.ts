/** The resources that every machine has, by their place in its tables; semaphores follow as they are named. */
export const WORKERS = 0
export const CPUS = 1
export const MEMORY = 2
export const FIRST_SEMAPHORE = 3
