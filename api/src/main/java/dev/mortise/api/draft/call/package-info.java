/// Calls of an API as a document describes them, and what they mean: where records stand, how
/// they page, which values are secrets. The same for every format.
///
/// [Operation] -> [Resources] (with [Records], [Columns], [PagingGuess]) -> [Resource]
@org.jspecify.annotations.NullMarked
package dev.mortise.api.draft.call;
