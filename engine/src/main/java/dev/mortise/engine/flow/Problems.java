package dev.mortise.engine.flow;

import dev.mortise.spi.option.Place;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Gathers everything that is wrong with a project, so that all of it is told at once.
final class Problems {
    private final List<Problem> found = new ArrayList<>();
    private final Set<String> silenced = new HashSet<>();

    void add(ProblemCode code, Place place, String message, String fix) {
        add(new Problem(code, message, place.toString(), fix));
    }

    void add(Problem problem) {
        if (!silenced.contains(problem.place())) {
            found.add(problem);
        }
    }

    /// Hears no more of a place: its value is missing, and what would be said of the gap is noise.
    void silence(Place place) {
        silenced.add(place.toString());
    }

    /// Whether anything is wrong in a file; a file may start with the name of another.
    boolean in(String file) {
        return found.stream().anyMatch(problem -> isIn(problem, file));
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
