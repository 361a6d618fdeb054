/// Definitions of connections made from what describes an API: OpenAPI 3.0 and 3.1, Swagger 2,
/// Postman collections, HAR recordings and cURL commands.
///
/// ```
/// text ─► Format ─► reader (OpenApi, Postman, Curl, Har) ─► Operation ─► Resources ─► Draft
///                                                                                      │
///                             old YAML ─► DraftDiff ─► merged YAML, changes ◄── DraftYaml
/// ```
///
/// A reader turns each call its document describes into an [Operation]; what a call means (its
/// records, columns, paging) is decided once, in [Resources], for all of them. Nothing is dropped
/// in silence: a [Finding] names its place. A secret never leaves the document it stood in.
@org.jspecify.annotations.NullMarked
package dev.mortise.api.draft;
