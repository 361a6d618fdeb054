package dev.mortise.api.token;

import dev.mortise.spi.option.Secret;

/// Who asks an OAuth 2 token endpoint, and how it proves that (RFC 6749 section 2.3, RFC 7523
/// section 2.2).
public sealed interface Client {
    String id();

    /// Id and secret as basic authorization, each form-encoded before.
    record Basic(String id, Secret secret) implements Client {}

    /// Id and secret as form fields.
    record Post(String id, Secret secret) implements Client {}

    /// Only the id, as form field: a client that can keep no secret, with PKCE.
    record Open(String id) implements Client {}

    /// A signed JWT of the client about itself.
    record Signed(String id, Secret assertion) implements Client {}
}
