/// Commands about APIs: connections made of documents, calls looked at, answers kept and compared,
/// vendors played.
@NullMarked
package dev.mortise.cli.api;

import org.jspecify.annotations.NullMarked;
