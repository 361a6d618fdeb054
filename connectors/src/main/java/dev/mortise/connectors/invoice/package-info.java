/// Chinese electronic invoices (数电票) of a folder as rows: XML, OFD, both also in zip archives, and
/// PDF by the number in its name. Reads only.
///
/// ```
/// Listing ─► Survey (each file once: number, totals, ties) ─► InvoiceSnapshot ─► InvoiceSource
///               └─► Documents ─► Entries ─► OfdReader ─► InvoiceXml ─► Assembly ─► Invoice
/// ```
///
/// Files are foreign: no document type declarations or entities, nothing is unpacked to disk, and
/// bytes, entries, elements, depth and texts are bounded ([Limits]). The survey keeps a few words
/// of each document, never its rows, so memory grows by files and not by what is in them.
@NullMarked
package dev.mortise.connectors.invoice;

import org.jspecify.annotations.NullMarked;
