package dev.mortise.server.token;

import dev.mortise.server.web.Caller;
import dev.mortise.server.web.ProblemsException;
import dev.mortise.server.web.Role;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a token may be: named, no greater than its owner, and not for ever.
final class ApiTokenRules {
    static final Duration LIFE = Duration.ofDays(90);
    static final Duration LIFE_MAX = Duration.ofDays(366);
    static final int COUNT_MAX = 100;
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}._-]{1,64}");

    private ApiTokenRules() {}

    /// A scope that is allowed.
    record Scope(String name, String project, Role role, Instant expiresAt) {}

    /// Who asks, and when.
    record Owner(Caller caller, Instant now) {}

    static Scope demand(String name, String project, String word, Instant expiresAt, Owner owner) {
        List<Problem> problems = new ArrayList<>();
        if (!NAME.matcher(name).matches()) {
            problems.add(
                    invalid(
                            "name",
                            "a token's name expects 1 to 64 letters, digits, '.', '_' or '-'",
                            "say what it is for, such as 'ci'"));
        }
        Optional<Role> role = Role.find(word);
        if (role.isEmpty()) {
            problems.add(
                    invalid(
                            "role",
                            "expected a role, got '" + word + "'",
                            "one of viewer, operator, developer, administrator"));
        } else if (!may(owner.caller(), role.get(), project)) {
            problems.add(
                    Problem.of(
                                    ProblemCode.NOT_ALLOWED,
                                    "a token may not do more than you: you are no %s of '%s'"
                                            .formatted(word, project),
                                    "choose a lesser role, or a project you have it in")
                            .at("role"));
        }
        Instant latest = owner.now().plus(LIFE_MAX);
        if (!expiresAt.isAfter(owner.now()) || expiresAt.isAfter(latest)) {
            problems.add(
                    invalid(
                            "expires_at",
                            "a token expires within %d days".formatted(LIFE_MAX.toDays()),
                            "choose a day before " + latest));
        }
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
        return new Scope(name, project, role.orElseThrow(), expiresAt);
    }

    /// In all projects one may what one may in any of them; the token gets no more in each.
    private static boolean may(Caller caller, Role role, String project) {
        return project.equals(Caller.EVERYWHERE)
                ? caller.grants().values().stream().anyMatch(granted -> granted.includes(role))
                : caller.may(role, project);
    }

    private static Problem invalid(String place, String message, String fix) {
        return Problem.of(ProblemCode.VALUE_INVALID, message, fix).at(place);
    }
}
