/// The secrets that documents refer to, sealed.
///
/// ```
/// secret ◄─sealed with─ data keys (in the database) ◄─sealed with─ master key (file or
// MORTISE_KEY)
/// ```
///
/// Whoever has the database alone has nothing. Values go in and are used inside; no route gives one
/// back.
@NullMarked
package dev.mortise.server.vault;

import org.jspecify.annotations.NullMarked;
