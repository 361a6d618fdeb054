package dev.mortise.server.vault;

import dev.mortise.server.web.ProblemsException;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What a secret may be called, and how much it may be.
final class SecretRules {
    static final int BYTES_MAX = 64 << 10;
    static final int COUNT_MAX = 5_000;
    private static final Pattern NAME = Pattern.compile("[a-z0-9._-]{1,100}");

    private SecretRules() {}

    static void demand(String name, String value) {
        List<Problem> problems = new ArrayList<>();
        if (!NAME.matcher(name).matches()) {
            problems.add(
                    Problem.of(
                                    ProblemCode.VALUE_INVALID,
                                    "a secret's name expects 1 to 100 of a-z, 0-9, '.', '_', '-'",
                                    "write it like 'erp.password'")
                            .at("name"));
        }
        int bytes = value.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > BYTES_MAX) {
            problems.add(
                    Problem.of(
                                    ProblemCode.VALUE_INVALID,
                                    "a secret expects 1 to %d bytes, got %d"
                                            .formatted(BYTES_MAX, bytes),
                                    "give its value; to remove it, delete it")
                            .at("value"));
        }
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
    }
}
