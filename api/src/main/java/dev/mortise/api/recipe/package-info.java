/// Signature recipes: what is signed, how, and where the signature is placed, as data. The same
/// recipe signs a request and verifies one.
@org.jspecify.annotations.NullMarked
package dev.mortise.api.recipe;
