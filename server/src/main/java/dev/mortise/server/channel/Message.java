package dev.mortise.server.channel;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// What is told of an incident, in no language yet.
///
/// @param subject the flow or the connection it is about
/// @param rule the name of the rule that found it
/// @param cause a word the texts know, such as `failure` or `rows_band`
/// @param args what the text of the cause names
/// @param step where it happened, as far as known; else empty
/// @param server who noticed
/// @param code of the problem; empty when there is none
/// @param fix what to do; empty when nothing is known
/// @param link to the run; empty without one
/// @param count how often it happened since it began
public record Message(
        Event event,
        String project,
        String subject,
        String rule,
        String cause,
        List<String> args,
        String step,
        String server,
        String code,
        String fix,
        String link,
        int count,
        Instant at) {
    /// Why something is told.
    public enum Event {
        OPENED,
        REMINDED,
        ESCALATED,
        RECOVERED,
        TEST;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Message {
        args = List.copyOf(args);
    }

    /// The same, told for another reason.
    public Message as(Event other, int times, Instant when) {
        return new Message(
                other, project, subject, rule, cause, args, step, server, code, fix, link, times,
                when);
    }

    /// What `Send test` sends.
    public static Message test(String project, String server, String link, Instant at) {
        return new Message(
                Event.TEST, project, "", "", "test", List.of(), "", server, "", "", link, 1, at);
    }
}
