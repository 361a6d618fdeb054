/// What recipes read and write: text forms of bytes, moments, keys and documents. Knows nothing of
/// recipes.
@org.jspecify.annotations.NullMarked
package dev.mortise.api.recipe.codec;
