/// Where alerts go: mail, robots of chat rooms, webhooks.
///
/// ```
/// Message ─► Texts (language) ─► Text ─► Robot (how a vendor is called) ─► Post (guarded) ─►
// Answer
///                                   └──► Mail ────────────────────────────────────────────────┘
/// ```
@NullMarked
package dev.mortise.server.channel;

import org.jspecify.annotations.NullMarked;
