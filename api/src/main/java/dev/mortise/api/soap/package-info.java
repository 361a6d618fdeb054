/// SOAP services as resources: what a WSDL offers, and the way between its XML and JSON.
///
/// WSDL ─► [Wsdl] ─► [Service] of [Operation]s with shapes ─► [Envelope] writes and reads
///
/// Nothing here opens a connection: documents come through `Documents`, envelopes go to a stream.
@org.jspecify.annotations.NullMarked
package dev.mortise.api.soap;
