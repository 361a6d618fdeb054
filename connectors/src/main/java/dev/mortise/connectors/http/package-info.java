/// APIs over HTTP, described by a definition alone.
///
/// ```
/// settings ─► Endpoint (Auth, Resource, Paging): checked records, no I/O
/// reading     HttpSource ─► Fetcher ─► Requests, JobRun ─► Api ─► Egress
///             Page ─► (Children) ─► RowDecoder ─► batches           see api.page, api.paging
/// writing     HttpLane ─► Payload ─► Api ─► Egress           FileLedger keeps where it stands
/// recording   Api ─► Tape: what was meant and what was understood  see api.cassette
/// ```
///
/// [Api] is the one way out: it signs, waits for the [Budget], sends through the [Egress], renews
/// tokens, repeats what may be repeated and turns what is left into problems without secrets.
@NullMarked
package dev.mortise.connectors.http;

import org.jspecify.annotations.NullMarked;
