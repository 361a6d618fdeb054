package dev.mortise.server.alert;

import dev.mortise.server.channel.Message;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something that is wrong, from when it was first seen until it is over.
///
/// @param subject the flow or the connection
/// @param count how often it was seen
/// @param told how often it had been seen when somebody was last told; 0 when nobody was
/// @param fault what began it: a run, or a time; one fault is told once on a channel
public record Incident(
        String id,
        String project,
        String rule,
        RuleKind kind,
        String subject,
        Instant openedAt,
        @Nullable Instant closedAt,
        int count,
        int told,
        @Nullable Instant toldAt,
        @Nullable Instant escalatedAt,
        @Nullable Instant silencedUntil,
        String fault,
        Message message) {}
