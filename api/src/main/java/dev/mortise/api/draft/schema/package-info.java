/// JSON Schema as OpenAPI uses it: references, what a value looks like, the template of a body, and
/// how the same schema reads as a form or as XML.
@org.jspecify.annotations.NullMarked
package dev.mortise.api.draft.schema;
