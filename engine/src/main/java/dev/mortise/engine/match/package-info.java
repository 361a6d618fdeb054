/// Proposes which source column belongs to which target column.
///
/// ```text
/// profiles -> readings (words, abbreviations, pinyin) -> signals -> blended scores
///          -> optimal assignment -> proposals with bands and reasons
/// ```
@NullMarked
package dev.mortise.engine.match;

import org.jspecify.annotations.NullMarked;
