package dev.mortise.server.vault;

import java.time.Instant;

/// What may be told of a secret: all but its value.
///
/// @param version counts how often it was set
record KeptSecret(String name, int version, Instant updatedAt, String updatedBy) {}
