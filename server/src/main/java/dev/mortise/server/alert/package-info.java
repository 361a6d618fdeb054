/// Who is told when something is wrong.
///
/// ```
/// Outcome of a run ─► Alerts ─► Judge (pure) ─► incident + outbox, one transaction
/// the clock ────────► Alerts ─► lateness, reminders, escalation       │
///                                                    Outbox ◄─────────┘ ─► Channels, at least once
/// ```
///
/// One fault opens one incident and sends one message on each channel.
@NullMarked
package dev.mortise.server.alert;

import org.jspecify.annotations.NullMarked;
