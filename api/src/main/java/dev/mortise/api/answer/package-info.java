/// What an answer of an API means: the contract says it, not the status alone. Paths into documents
/// live here, too.
@org.jspecify.annotations.NullMarked
package dev.mortise.api.answer;
