// JSON merge patches (RFC 7396), as the server sends them between two views.

/** @typedef {{[key: string]: unknown}} Document */

/** @param {unknown} value @returns {value is Document} */
const isDocument = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * The document after the patch (RFC 7396, section 2). Neither argument is changed, and whatever the patch does not
 * touch stays the very same object, so that "did this change?" is a comparison of references.
 *
 * @template T
 * @param {T} before
 * @param {Document} patch
 * @returns {T}
 */
export function applyPatch(before, patch) {
  /** @type {Document} */
  const after = isDocument(before) ? { ...before } : {}
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete after[key]
    else after[key] = isDocument(value) ? applyPatch(after[key], value) : value
  }
  return /** @type {T} */ (after)
}
