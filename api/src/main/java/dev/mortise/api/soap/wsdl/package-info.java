/// What a WSDL 1.1 says of a service: its operations, the shapes of what they take and give.
///
/// documents ─► [WsdlReader] definitions by name ─► [OperationReader] ─► [Wsdl] of [Operation]s
@org.jspecify.annotations.NullMarked
package dev.mortise.api.soap.wsdl;
