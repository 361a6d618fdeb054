package dev.mortise.engine.match;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Reads the columns of one dataset together, for what a name means shows in its neighbours: a
/// prefix that all share says nothing, and among pinyin a short name is pinyin too.
final class Columns {
    private static final double SHARED = 0.8;
    private static final int SHARED_MIN = 4;
    private static final double UNREAD = 0.35;
    private static final int SHORT = 3;

    private final Lexicon lexicon;
    private final LatinReader latin;
    private final ChineseReader chinese;

    Columns(Lexicon lexicon) {
        this.lexicon = lexicon;
        this.latin = new LatinReader(lexicon);
        this.chinese = new ChineseReader(lexicon);
    }

    List<Column> read(List<FieldProfile> profiles) {
        String prefix = prefix(profiles);
        List<Reading> plain =
                profiles.stream().map(p -> name(p.name().substring(cut(p, prefix)))).toList();
        boolean unread = unread(plain);
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < profiles.size(); i++) {
            double at = profiles.size() < SHARED_MIN ? -1 : (double) i / (profiles.size() - 1);
            columns.add(column(profiles.get(i), plain.get(i), unread, at));
        }
        return columns;
    }

    private static int cut(FieldProfile profile, String prefix) {
        boolean has = profile.name().toLowerCase(Locale.ROOT).startsWith(prefix);
        return has && profile.name().length() > prefix.length() ? prefix.length() : 0;
    }

    private Reading name(String name) {
        return Pinyin.hasChinese(name) ? chinese.read(name) : latin.name(name);
    }

    /// Whether many of the names are no English.
    private static boolean unread(List<Reading> plain) {
        long unknown = plain.stream().filter(r -> !r.known()).count();
        return unknown > plain.size() * UNREAD;
    }

    private Column column(FieldProfile profile, Reading plain, boolean unread, double at) {
        String bare = plain.text().toLowerCase(Locale.ROOT).replaceAll("__c$|[^\\p{L}\\p{N}]", "");
        boolean chineseName = Pinyin.hasChinese(bare);
        boolean pinyin = !chineseName && (unread || !plain.known() || bare.length() <= SHORT);
        String letters = pinyin ? bare.replaceAll("[^a-z]", "") : "";
        List<Reading> names = new ArrayList<>(List.of(plain));
        if (pinyin) {
            Reading heard = chinese.pinyin(letters);
            if (!heard.tokens().isEmpty()) {
                names.addFirst(heard);
            }
        }
        List<Reading> comments = comments(profile.comment());
        List<Sounds> sounds = new ArrayList<>();
        names.forEach(r -> sounds.add(Sounds.of(r, lexicon)));
        comments.forEach(r -> sounds.add(Sounds.of(r, lexicon)));
        Patterns patterns = Patterns.of(profile.samples());
        Set<String> concepts = new HashSet<>();
        names.forEach(r -> r.tokens().forEach(t -> concepts.addAll(t.concepts())));
        comments.forEach(r -> r.tokens().forEach(t -> concepts.addAll(t.concepts())));
        return new Column(profile, bare, letters, names, comments, sounds, patterns, concepts, at);
    }

    private List<Reading> comments(String comment) {
        if (comment.isBlank()) {
            return List.of();
        }
        // What follows a colon or stands in brackets explains values: "status (0 new, 1 paid)".
        String head = comment.split("[:：(（,，;；]", 2)[0];
        String text = head.isBlank() ? comment : head;
        return List.of(Pinyin.hasChinese(text) ? chinese.read(text) : latin.comment(text));
    }

    /// What nearly all names start with: a letter, as Kingdee has it, or a word and a low line.
    private static String prefix(List<FieldProfile> profiles) {
        if (profiles.size() < SHARED_MIN) {
            return "";
        }
        String first = profiles.get(profiles.size() / 2).name().toLowerCase(Locale.ROOT);
        int line = first.indexOf('_');
        if (line > 0 && shared(profiles, first.substring(0, line + 1))) {
            return first.substring(0, line + 1);
        }
        String letter = first.substring(0, 1);
        return letter.matches("[a-z]") && shared(profiles, letter) ? letter : "";
    }

    private static boolean shared(List<FieldProfile> profiles, String prefix) {
        long with =
                profiles.stream()
                        .filter(p -> p.name().toLowerCase(Locale.ROOT).startsWith(prefix))
                        .count();
        return with >= profiles.size() * SHARED;
    }
}
