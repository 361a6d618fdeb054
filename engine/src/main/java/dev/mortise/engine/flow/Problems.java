package dev.mortise.engine.flow;

import dev.mortise.spi.option.Place;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Gathers everything that is wrong with a project, so that all of it is told at once.
final class Problems {
    /// A shorter value is masked only where it stands alone in quotes: it may be part of a word.
    static final int HIDDEN_MIN = 4;

    private final List<Problem> found = new ArrayList<>();
    private final Set<String> silenced = new HashSet<>();
    private final Map<String, Map<String, String>> hidden = new HashMap<>();

    void add(ProblemCode code, Place place, String message, String fix) {
        add(new Problem(code, message, place.toString(), fix));
    }

    void add(Problem problem) {
        if (!silenced.contains(problem.place())) {
            found.add(masked(problem));
        }
    }

    /// Keeps a value that came from outside, and may be a secret, out of messages about a place.
    ///
    /// @param written what stands in the document instead
    void hide(Place place, String value, String written) {
        if (!value.isBlank()) {
            hidden.computeIfAbsent(place.toString(), _ -> new LinkedHashMap<>())
                    .put(value, written);
        }
    }

    private Problem masked(Problem problem) {
        String message = problem.message();
        for (var value : hidden.getOrDefault(problem.place(), Map.of()).entrySet()) {
            String text = value.getKey();
            message =
                    text.length() < HIDDEN_MIN
                            ? message.replace("'" + text + "'", "'" + value.getValue() + "'")
                            : message.replace(text, value.getValue());
        }
        return new Problem(problem.code(), message, problem.place(), problem.fix());
    }

    /// Hears no more of a place: its value is missing, and what would be said of the gap is noise.
    void silence(Place place) {
        silenced.add(place.toString());
    }

    /// Whether anything is wrong in a file; a file may start with the name of another.
    boolean in(String file) {
        return found.stream().anyMatch(problem -> isIn(problem, file));
    }

    /// The files in which something is wrong.
    Set<String> files() {
        return found.stream()
                .map(problem -> fileOf(problem.place()))
                .collect(Collectors.toUnmodifiableSet());
    }

    static boolean isIn(Problem problem, String file) {
        return file.equals(fileOf(problem.place()));
    }

    /// By file, line and column.
    List<Problem> sorted() {
        return found.stream()
                .sorted(
                        Comparator.comparing((Problem problem) -> fileOf(problem.place()))
                                .thenComparingLong(problem -> spot(problem.place())))
                .toList();
    }

    private static String fileOf(String place) {
        int line = place.lastIndexOf(':', place.lastIndexOf(':') - 1);
        return line > 0 ? place.substring(0, line) : place;
    }

    private static long spot(String place) {
        String[] numbers = place.substring(fileOf(place).length()).split(":", -1);
        return numbers.length == 3
                ? Long.parseLong(numbers[1]) << 32 | Long.parseLong(numbers[2])
                : 0;
    }
}
