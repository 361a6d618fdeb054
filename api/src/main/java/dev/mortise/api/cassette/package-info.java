/// What an API was asked and answered, kept in a file that people read; played again without the
/// API; and what has changed in its contract since.
///
/// ```
/// recording   Tapes.recorder ─► Tape ─► Masks ─► Playback ─► Cassette ─► file
/// replaying   file ─► Cassette ─► Reel ─► Tapes.player ─► Playback ─► Result: the same rows?
/// drift       Tape of now ─► Playback ─► Observed ─► Drift ◄─ Observed of the cassette
/// ```
///
/// The same [Playback] gives the result of a recording, of a replay and of a comparison: what is
/// told apart was always made in one way, of what the file can hold.
@NullMarked
package dev.mortise.api.cassette;

import org.jspecify.annotations.NullMarked;
