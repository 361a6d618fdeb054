package dev.mortise.api.answer;

import dev.mortise.api.answer.Condition.Sight;
import dev.mortise.spi.option.Sentence;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// All conditions of a rule hold, and the answer is of its class.
///
/// @param word one of [Meaning#WORDS]
record Rule(List<Condition> when, String word, Wait pause, Optional<Sentence> advice) {
    Rule {
        when = List.copyOf(when);
    }

    boolean fits(Sight sight) {
        return when.stream().allMatch(condition -> condition.holds(sight));
    }

    Meaning meaning(Sight sight, ZoneId zone) {
        return switch (word) {
            case "ok" -> new Meaning.Ok();
            case "empty" -> new Meaning.Empty();
            case "auth-expired" -> new Meaning.AuthExpired();
            case "auth-denied" -> new Meaning.AuthDenied();
            case "throttled" -> new Meaning.Throttled(pause.of(sight));
            case "quota-day" -> new Meaning.QuotaGone(reset(sight, zone, false));
            case "quota-month" -> new Meaning.QuotaGone(reset(sight, zone, true));
            case "retryable" -> new Meaning.Retryable();
            case "business-reject" -> new Meaning.BusinessReject();
            case "awaiting-grant" -> new Meaning.AwaitingGrant();
            default -> throw new IllegalStateException("unread word " + word);
        };
    }

    private static Instant reset(Sight sight, ZoneId zone, boolean month) {
        LocalDate today = LocalDate.ofInstant(sight.answer().at(), zone);
        LocalDate next = month ? today.withDayOfMonth(1).plusMonths(1) : today.plusDays(1);
        return next.atStartOfDay(zone).toInstant();
    }
}
