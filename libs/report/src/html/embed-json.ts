const UNSAFE = /[<\u2028\u2029]/g

/**
 * JSON that can stand inside a `<script>` element: with `<` escaped, neither `</script` nor `<!--` can
 * occur; U+2028 and U+2029 are escaped for readers that take the text for JavaScript.
 */
export const embedJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    UNSAFE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
