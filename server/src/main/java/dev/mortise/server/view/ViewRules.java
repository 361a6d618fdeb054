package dev.mortise.server.view;

import dev.mortise.server.web.Caller;
import dev.mortise.server.web.ProblemsException;
import dev.mortise.server.web.Role;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// May a view be saved?
final class ViewRules {
    static final List<String> LISTS = List.of("flows", "runs", "rejects");

    /// Of one person, of one list.
    static final int VIEWS_MAX = 50;

    private static final int NAME_MAX = 60;
    private static final int FILTERS_MAX = 20;
    private static final int VALUE_MAX = 300;
    private static final Pattern WORD = Pattern.compile("[a-z][a-z_]{0,39}");

    private ViewRules() {}

    /// @throws ProblemsException all that is wrong with it
    static void demand(View view, Caller caller) {
        List<Problem> problems = new ArrayList<>();
        if (!LISTS.contains(view.list())) {
            problems.add(
                    invalid(
                            "list",
                            "expected one of %s, got '%s'"
                                    .formatted(String.join(", ", LISTS), view.list()),
                            "name the list whose filters these are"));
        }
        if (view.name().isBlank() || view.name().length() > NAME_MAX) {
            problems.add(
                    invalid(
                            "name",
                            "expected 1 to %d characters, got %d"
                                    .formatted(NAME_MAX, view.name().length()),
                            "name it by what it shows, like 'failed today'"));
        }
        filters(view.filters(), problems);
        if (view.shared() && !caller.may(Role.OPERATOR, view.project())) {
            problems.add(
                    new Problem(
                            ProblemCode.NOT_ALLOWED,
                            "only operators and above share a view with the project",
                            "shared",
                            "keep it for yourself, or ask one of them"));
        }
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
    }

    private static void filters(Map<String, String> filters, List<Problem> problems) {
        if (filters.isEmpty() || filters.size() > FILTERS_MAX) {
            problems.add(
                    invalid(
                            "filters",
                            "expected 1 to %d filters, got %d"
                                    .formatted(FILTERS_MAX, filters.size()),
                            "filter the list first, then save what it is filtered by"));
        }
        filters.forEach(
                (word, value) -> {
                    if (!WORD.matcher(word).matches() || value.length() > VALUE_MAX) {
                        problems.add(
                                invalid(
                                        "filters",
                                        "expected a word and at most %d characters, got '%s'"
                                                .formatted(VALUE_MAX, shown(word)),
                                        "leave it out"));
                    }
                });
    }

    private static String shown(String word) {
        return word.length() <= NAME_MAX ? word : word.substring(0, NAME_MAX) + "…";
    }

    private static Problem invalid(String place, String message, String fix) {
        return new Problem(ProblemCode.VALUE_INVALID, message, place, fix);
    }
}
