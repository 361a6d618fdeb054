package dev.mortise.server.vault;

import dev.mortise.server.settings.ServerSettings;
import dev.mortise.server.web.ProblemsException;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Master keys as `MORTISE_KEY` gives them: 32 bytes in base64 each, parted by commas. What it says
/// is in no message.
public final class GivenKeys {
    static final String VARIABLE = "MORTISE_KEY";
    static final int BYTES = 32;
    private static final int KEYS_MAX = 10;

    private static final String FIX =
            "make one with 'openssl rand -base64 32', or unset the variable: the key is in"
                    + " 'keys/vault.json' of the home then";

    private GivenKeys() {}

    /// What is wrong with the keys; nothing when none was given. A variable that is set and empty
    /// is most likely a mistake, and no key.
    public static List<Problem> problems(ServerSettings settings) {
        String text = settings.environment().get(VARIABLE);
        List<Problem> problems = new ArrayList<>();
        if (text != null) {
            keys(text, problems);
        }
        return problems;
    }

    /// The keys, the newest first.
    ///
    /// @throws ProblemsException what is wrong with them
    static List<byte[]> demand(String text) {
        List<Problem> problems = new ArrayList<>();
        List<byte[]> keys = keys(text, problems);
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
        return keys;
    }

    private static List<byte[]> keys(String text, List<Problem> problems) {
        List<byte[]> keys = new ArrayList<>();
        String[] parts = text.split(",", -1);
        if (text.isBlank()) {
            problems.add(problem("it is empty"));
            return keys;
        }
        if (parts.length > KEYS_MAX) {
            problems.add(problem("got more than %d of them".formatted(KEYS_MAX)));
            return keys;
        }
        for (int i = 0; i < parts.length; i++) {
            byte[] key = decoded(parts[i].strip());
            if (key == null) {
                problems.add(problem("key %d is no base64".formatted(i + 1)));
            } else if (key.length != BYTES) {
                problems.add(problem("key %d has %d".formatted(i + 1, key.length)));
            } else {
                keys.add(key);
            }
        }
        return keys;
    }

    private static byte @Nullable [] decoded(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private static Problem problem(String found) {
        return new Problem(
                ProblemCode.OPTION_INVALID,
                "%s expects %d bytes in base64, %s".formatted(VARIABLE, BYTES, found),
                VARIABLE,
                FIX);
    }
}
