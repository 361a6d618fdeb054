/// What an API answers, on its way to rows. Bytes of any format become a stream of JSON, of which
/// only about a record is in memory:
///
///     body ─► Unpacked ─► Recoded ─► CsvFeed | XmlFeed ─► Window ─► Page ─► records and marks
///
/// A [Page] stops at each record and notes on the way what the page says about itself: its total,
/// whether more follows, and where.
@NullMarked
package dev.mortise.api.page;

import org.jspecify.annotations.NullMarked;
