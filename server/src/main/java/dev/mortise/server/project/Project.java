package dev.mortise.server.project;

import java.time.Instant;

/// A set of connections and flows that belong together.
///
/// @param color what the studio's header wears, so that nobody takes production for a test
public record Project(String name, String title, String color, Instant createdAt) {}
