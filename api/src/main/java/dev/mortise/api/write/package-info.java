/// How rows become calls: paths, parameters and headers with values of the row in them, parts that
/// are files, and what the answer says of each row that was sent.
@org.jspecify.annotations.NullMarked
package dev.mortise.api.write;
