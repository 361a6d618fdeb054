/// Secrets that documents refer to, kept so that nobody reads them back.
@NullMarked
package dev.mortise.server.vault;

import org.jspecify.annotations.NullMarked;
