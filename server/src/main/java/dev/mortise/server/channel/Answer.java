package dev.mortise.server.channel;

/// What the other side said to a message.
///
/// @param status of HTTP; of mail the last reply; 0 when nobody answered
/// @param text as it came, shortened; shown to people
/// @param again whether trying later may help
public record Answer(boolean ok, int status, String text, boolean again) {
    private static final int TEXT_MAX = 500;

    public Answer {
        text = text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX);
    }

    static Answer ok(int status, String text) {
        return new Answer(true, status, text, false);
    }

    static Answer refused(int status, String text) {
        return new Answer(false, status, text, false);
    }

    static Answer later(int status, String text) {
        return new Answer(false, status, text, true);
    }

    /// By the status of HTTP alone.
    static Answer of(int status, String text) {
        if (status >= 200 && status < 300) {
            return ok(status, text);
        }
        return new Answer(false, status, text, status == 408 || status == 429 || status >= 500);
    }
}
