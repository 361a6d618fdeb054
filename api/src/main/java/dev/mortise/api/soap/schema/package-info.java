/// XSD as shapes: what may stand in an element, and what that is in JSON.
///
/// documents ─► [Schemas], components by name ─► [ShapeReader] ─► [Shape] ─► JSON Schema, values
@org.jspecify.annotations.NullMarked
package dev.mortise.api.soap.schema;
