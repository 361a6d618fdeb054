/// Calls of SOAP services, and the way between their XML and JSON.
///
/// WSDL ─► `soap.wsdl`, operations with shapes ─► [SoapCall], the door: JSON ─► request, answer ─►
/// JSON or a fault
///
/// Nothing here opens a connection: documents come through `Documents`, and whoever holds the
/// connection posts what [SoapCall] makes.
@org.jspecify.annotations.NullMarked
package dev.mortise.api.soap;
