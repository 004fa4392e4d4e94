/**
 * What a result file may make us keep. Report files come from tools we don't control, or from a pull
 * request: each limit is far above what an honest reporter writes. All lengths are UTF-16 code units.
 */

/** Of one attribute value or test name. */
export const MAX_NAME = 64 * 1024
/**
 * Of one piece of character data (text, CDATA, comment) handed to the XML parser, entities unresolved: what
 * is left of it is still longer than any text we keep, so that a cut text is always marked as cut.
 */
export const MAX_XML_TEXT = 512 * 1024
/** Of one XML tag with its attributes; beyond it the file is given up. */
export const MAX_TAG = 1024 * 1024
/** Nested elements or subtests. */
export const MAX_DEPTH = 64
/** Of an error's message or stack, and of the sides of a comparison. */
export const MAX_ERROR_TEXT = 32 * 1024
/** Failing executions before the last that are kept of one case. */
export const MAX_EARLIER_ERRORS = 20
/** Files that one case names. */
export const MAX_ATTACHMENTS = 50
/** Of what one failing case wrote to one stream. */
export const MAX_OUTPUT = 16 * 1024
/** Elements of one test case's XML tree; what is beyond is left out. */
export const MAX_TREE_NODES = 500
/** Of a line of TAP; the rest of the line is dropped. */
export const MAX_LINE = 64 * 1024
/** Of a line that is one JSON event. */
export const MAX_JSON_LINE = 1024 * 1024
/** Of one YAML diagnostic block: the YAML parser takes some milliseconds a kilobyte. */
export const MAX_YAML = 64 * 1024
/** Of one line of it: for each mistake in a line the YAML parser looks at the whole line again. */
export const MAX_YAML_LINE = 8 * 1024
/** Of one JSON value: a test, or all that surrounds the tests. */
export const MAX_JSON_VALUE = 8 * 1024 * 1024
/** Chunks are cut to this length, so that giving up in the middle of a huge one is quick. */
export const MAX_CHUNK = 64 * 1024
/** Distinct warnings kept of one file. */
export const MAX_WARNINGS = 50
/** Structural errors after which an XML file is given up. */
export const MAX_XML_ERRORS = 100
