/**
 * Written to stdout and stderr of a host around each unit, so that both streams can be given to the unit
 * that wrote to them. The token is random: no test prints it by chance.
 */
export const beginFrame = (token: string): string => `\0muster begin ${token}\0`
export const endFrame = (token: string): string => `\0muster end ${token}\0`
