package dev.mortise.cli.sentence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.cli.sentence.SentenceScan.Found;
import dev.mortise.engine.language.Chinese;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every sentence a problem can have has its Chinese, and no Chinese is left of one that is gone.
class SentencesTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern LETTERS = Pattern.compile("[A-Za-z]{2,}");
    private static final Pattern WORDS =
            Pattern.compile("[A-Za-z]{2,},? (?:%s |\\S+ )*[A-Za-z]{2,}");
    private static final Pattern ADVICE =
            Pattern.compile("advice: \\{en: \"([^\"]*)\", zh: \"([^\"]*)\"");
    private static final Pattern HOLE = Pattern.compile("%[s%]");
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");
    private static final List<String> VALUES =
            List.of("", "a", "it's", "'", "%s", "列", "x\ny", "a: b; c", "10", "\\", "expected");

    /// The contracts of vendors have both languages: see below.
    private static final Set<String> SEEN_ELSEWHERE =
            Set.of("dev.mortise.api.answer.Verdict#told Sentence::en");

    private static final SentenceScan SCAN = SentenceScan.of(ROOT);

    @Test
    void everySentenceHasItsChinese() throws IOException {
        Set<String> known = entries().keySet();
        List<String> missing =
                SCAN.found().values().stream()
                        .filter(SentencesTest::isWanted)
                        .filter(one -> !known.contains(one.english()))
                        .map(one -> one.place() + ": " + one.english())
                        .toList();
        assertEquals(List.of(), missing, "add each to META-INF/sentences/<room>_zh.txt");
    }

    /// A phrase of one word is as often a name as it is English: it may have an entry.
    private static boolean isWanted(Found one) {
        String words = one.english().replace("%s", "");
        return (one.phrase() ? WORDS : LETTERS).matcher(words).find();
    }

    @Test
    void everyChineseIsOfASentenceThatIsMade() throws IOException {
        Set<String> dead = new TreeSet<>(entries().keySet());
        dead.removeAll(SCAN.found().keySet());
        dead.removeAll(advices().keySet());
        assertEquals(Set.of(), dead, "take them out");
    }

    /// Contracts of vendors say what to do in both languages.
    @Test
    void advicesOfVendorsHaveTheChineseOfTheirContract() throws IOException {
        Map<String, String> known = entries();
        advices().forEach((english, chinese) -> assertEquals(chinese, known.get(english)));
    }

    private static Map<String, String> advices() throws IOException {
        Path packs = ROOT.resolve("api/src/main/resources/dev/mortise/api/answer/packs");
        Map<String, String> found = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(packs)) {
            for (Path file : files.toList()) {
                Matcher advices = ADVICE.matcher(Files.readString(file));
                while (advices.find()) {
                    found.put(advices.group(1), advices.group(2));
                }
            }
        }
        assertTrue(found.size() > 20, "no advice found in " + packs);
        return found;
    }

    @Test
    void everySentenceCanBeSeenInTheSources() {
        assertEquals(
                List.of(),
                SCAN.unseen().stream().filter(one -> !SEEN_ELSEWHERE.contains(one)).toList(),
                "give the literal where the problem is made, its values through 'formatted'");
    }

    @Test
    void filesAreSortedAndChinese() throws IOException {
        for (String room : Sources.MODULES) {
            List<String> keys = new ArrayList<>(read(room).keySet());
            assertEquals(keys.stream().sorted().toList(), keys, room);
        }
        entries().forEach((english, chinese) -> assertTrue(HAN.matcher(chinese).find(), english));
    }

    /// A sentence with anything in its holes is found again, or one that says more of it is.
    @Test
    void everySentenceIsFoundAgainWhateverFillsIt() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (String english : entries().keySet()) {
            for (int i = 0; i < 8; i++) {
                String sentence = filled(english, () -> VALUES.get(random.nextInt(VALUES.size())));
                String found = Chinese.template(sentence).orElse("");
                int more = length(found) - length(english);
                boolean surer = more > 0 || (more == 0 && holes(found) < holes(english));
                assertTrue(
                        found.equals(english) || surer,
                        () -> "seed " + seed + ": " + sentence + " -> " + found);
            }
        }
    }

    private static long holes(String english) {
        return HOLE.matcher(english).results().filter(hole -> hole.group().equals("%s")).count();
    }

    private static int length(String english) {
        return filled(english, () -> "").length();
    }

    private static String filled(String english, Supplier<String> value) {
        return HOLE.matcher(english)
                .replaceAll(
                        hole ->
                                Matcher.quoteReplacement(
                                        hole.group().equals("%%") ? "%" : value.get()));
    }

    private static Map<String, String> entries() throws IOException {
        Map<String, String> all = new LinkedHashMap<>();
        for (String room : Sources.MODULES) {
            all.putAll(read(room));
        }
        return all;
    }

    private static Map<String, String> read(String room) throws IOException {
        Path file =
                ROOT.resolve(room + "/src/main/resources/META-INF/sentences/" + room + "_zh.txt");
        Map<String, String> found = new LinkedHashMap<>();
        String english = "";
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("  ")) {
                found.put(english, line.substring(2));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                english = line.replace("\\n", "\n");
            }
        }
        return found;
    }
}
