package dev.mortise.server.channel;

/// Keeps what others wrote from becoming links, mentions or headings.
final class Markdown {
    private static final String SPECIAL = "\\`*_{}[]()<>#+-!|~";

    private Markdown() {}

    /// For Markdown that knows the backslash.
    static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        for (char c : oneLine(text).toCharArray()) {
            if (SPECIAL.indexOf(c) >= 0) {
                out.append('\\');
            }
            out.append(c);
        }
        return mute(out.toString());
    }

    /// For Markdown that does not: look-alikes stand in for what would begin a tag or a link.
    static String defused(String text) {
        return mute(
                oneLine(text)
                        .replace('<', '＜')
                        .replace('>', '＞')
                        .replace('[', '［')
                        .replace(']', '］')
                        .replace('`', '′')
                        .replace("**", "＊＊"));
    }

    /// For Slack, whose markup needs three characters escaped and no others.
    static String slack(String text) {
        return oneLine(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /// Nobody is called by what a row or an error happens to say.
    private static String mute(String text) {
        return text.replace("@", "@\u200b");
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s*[\\r\\n]+\\s*", " ");
    }
}
