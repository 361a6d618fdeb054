/// YAML taken apart into trees whose nodes know their places, within bounds. Nothing here knows
// what
/// the words of a document mean.
@org.jspecify.annotations.NullMarked
package dev.mortise.api.yaml;
