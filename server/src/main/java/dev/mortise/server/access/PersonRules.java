package dev.mortise.server.access;

import dev.mortise.server.web.Caller;
import dev.mortise.server.web.ProblemsException;
import dev.mortise.server.web.Role;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// What a name and a password must be like.
final class PersonRules {
    static final int PASSWORD_MIN = 10;
    static final int PASSWORD_MAX = 200;
    static final int DISPLAY_MAX = 100;
    static final int GRANTS_MAX = 500;
    private static final Set<String> LANGUAGES = Set.of("zh-CN", "en");
    private static final Set<String> THEMES = Set.of("system", "light", "dark");
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}._@-]{2,64}");

    private PersonRules() {}

    static List<Problem> check(String name, String password) {
        List<Problem> problems = new ArrayList<>();
        if (!NAME.matcher(name).matches()) {
            problems.add(
                    Problem.of(
                                    ProblemCode.VALUE_INVALID,
                                    "a name expects 2 to 64 letters, digits, '.', '_', '-' or '@'",
                                    "choose another")
                            .at("name"));
        }
        if (password.length() < PASSWORD_MIN || password.length() > PASSWORD_MAX) {
            problems.add(
                    Problem.of(
                                    ProblemCode.VALUE_INVALID,
                                    "a password expects %d to %d characters, got %d"
                                            .formatted(
                                                    PASSWORD_MIN, PASSWORD_MAX, password.length()),
                                    "take a sentence of several words")
                            .at("password"));
        }
        return problems;
    }

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    static void demand(String name, String password) {
        List<Problem> problems = check(name, password);
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
    }

    static List<Problem> checkPassword(String password) {
        return check("xx", password);
    }

    /// @return the grants that were written, or problems of all that are none
    static Map<String, Role> grants(
            Map<String, String> written, Predicate<String> isProject, List<Problem> problems) {
        Map<String, Role> grants = new TreeMap<>();
        if (written.size() > GRANTS_MAX) {
            problems.add(
                    Problem.of(
                                    ProblemCode.LIMIT_EXCEEDED,
                                    "expected at most %d grants".formatted(GRANTS_MAX),
                                    "grant on '*' what holds everywhere")
                            .at("grants"));
            return grants;
        }
        written.forEach(
                (project, word) -> {
                    Optional<Role> role = Role.find(word == null ? "" : word);
                    if (!project.equals(Caller.EVERYWHERE) && !isProject.test(project)) {
                        problems.add(
                                Problem.of(
                                                ProblemCode.VALUE_INVALID,
                                                "no project is called '" + project + "'",
                                                "name a project, or '*' for all")
                                        .at("grants"));
                    } else if (role.isEmpty()) {
                        problems.add(
                                Problem.of(
                                                ProblemCode.VALUE_INVALID,
                                                "expected a role, got '" + word + "'",
                                                "one of viewer, operator, developer, administrator")
                                        .at("grants." + project));
                    } else {
                        grants.put(project, role.get());
                    }
                });
        return grants;
    }

    static List<Problem> checkShown(String displayName, String language, String theme) {
        List<Problem> problems = new ArrayList<>();
        if (displayName.isBlank() || displayName.length() > DISPLAY_MAX) {
            problems.add(
                    Problem.of(
                                    ProblemCode.VALUE_INVALID,
                                    "a display name expects 1 to %d characters"
                                            .formatted(DISPLAY_MAX),
                                    "shorten or fill it")
                            .at("display_name"));
        }
        if (!LANGUAGES.contains(language)) {
            problems.add(
                    Problem.of(
                                    ProblemCode.VALUE_INVALID,
                                    "expected a language, got '" + language + "'",
                                    "zh-CN or en")
                            .at("language"));
        }
        if (!THEMES.contains(theme)) {
            problems.add(
                    Problem.of(
                                    ProblemCode.VALUE_INVALID,
                                    "expected a theme, got '" + theme + "'",
                                    "system, light or dark")
                            .at("theme"));
        }
        return problems;
    }
}
