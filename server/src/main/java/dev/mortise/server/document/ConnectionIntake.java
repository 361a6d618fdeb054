package dev.mortise.server.document;

import dev.mortise.engine.flow.secret.PlainSecrets;
import dev.mortise.engine.flow.secret.PlainSecrets.Spot;
import dev.mortise.server.audit.AuditEntry;
import dev.mortise.server.audit.AuditStore;
import dev.mortise.server.audit.Mask;
import dev.mortise.server.vault.SecretTaker;
import dev.mortise.server.web.Caller;
import dev.mortise.server.web.ProblemsException;
import dev.mortise.spi.option.Secret;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/// Looks at connections that are saved. Passwords are taken out: each goes into the vault, and a
/// reference stands in its place, so that no revision, no export and no search holds one.
@Component
final class ConnectionIntake {
    /// Longest name of a secret.
    static final int NAME_MAX = 100;

    private final SecretTaker secrets;
    private final SecretMoves moves;
    private final AuditStore audit;

    ConnectionIntake(SecretTaker secrets, SecretMoves moves, AuditStore audit) {
        this.secrets = secrets;
        this.moves = moves;
        this.audit = audit;
    }

    /// The text as it may be kept, in the transaction that keeps it.
    ///
    /// @param document whose text it is to become
    /// @throws ProblemsException when a secret stands where no reference can take its place
    String take(DSLContext dsl, Document document, String text, Caller caller) {
        if (document.kind() != DocumentKind.CONNECTIONS) {
            return text;
        }
        List<Spot> spots = demand(document, text);
        String taken =
                PlainSecrets.replaced(
                        text, spots, spot -> "\"${secret:" + name(document, spot) + "}\"");
        if (!PlainSecrets.sure(taken).map(List::isEmpty).orElse(false)) {
            throw refused("cannot tell where the secrets of this connection end");
        }
        for (Spot spot : spots) {
            keep(dsl, document, spot, caller);
        }
        return taken;
    }

    private static List<Spot> demand(Document document, String text) {
        List<Spot> spots = PlainSecrets.sure(text).orElse(null);
        if (spots == null) {
            // Half a document may be saved, as long as it keeps no secret by it.
            if (!Mask.of(text).equals(text)) {
                throw refused("this is no YAML yet, and a password stands in it");
            }
            spots = List.of();
        }
        List<Problem> problems = new ArrayList<>();
        for (Spot spot : spots) {
            if (spot.value().equals(Mask.MASKED)) {
                problems.add(masked(spot).at(document.file()));
            }
        }
        if (SecretMask.hasPasswordInUrl(PlainSecrets.replaced(text, spots, _ -> "\"\""))) {
            problems.add(inUrl().at(document.file()));
        }
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
        return spots;
    }

    private void keep(DSLContext dsl, Document document, Spot spot, Caller caller) {
        String name = name(document, spot);
        int version =
                secrets.take(
                        dsl, document.project(), name, new Secret(spot.value()), caller.login());
        if (version > 0) {
            audit.add(
                    dsl,
                    new AuditEntry(
                            caller.login(),
                            caller.ip(),
                            "secret.set",
                            document.project(),
                            "secrets/" + name,
                            null,
                            "{\"version\":%d}".formatted(version)));
        }
    }

    /// Lets what the vault keeps for a connection follow its name, in the transaction that has
    /// renamed it.
    ///
    /// @param texts the newest one, and the one runs use
    /// @return new names of secrets by old ones
    Map<String, String> renamed(
            DSLContext dsl, Document renamed, String from, List<String> texts, Caller caller) {
        if (renamed.kind() != DocumentKind.CONNECTIONS) {
            return Map.of();
        }
        secrets.renamed(dsl, renamed.project(), from, renamed.name());
        return moves.move(dsl, renamed, from, texts, caller);
    }

    /// An older text of a document as it reads under the name the document has now.
    String brought(DSLContext dsl, Document now, String text) {
        return moves.brought(dsl, now, text);
    }

    /// In the transaction that removes a document.
    void removed(DSLContext dsl, Document document) {
        if (document.kind() == DocumentKind.CONNECTIONS) {
            secrets.removed(dsl, document.project(), document.name());
        }
    }

    /// `erp.password` for the password of `erp`. What a name may not hold is written by its code.
    static String name(Document document, Spot spot) {
        String wanted = document.name() + "." + spot.path();
        String name = fitting(wanted);
        if (name.length() <= NAME_MAX) {
            return name;
        }
        String hash = Integer.toHexString(wanted.toLowerCase(Locale.ROOT).hashCode());
        return name.substring(0, NAME_MAX - 1 - hash.length()) + "-" + hash;
    }

    /// Of what a secret may be called.
    static String fitting(String wanted) {
        StringBuilder name = new StringBuilder();
        wanted.toLowerCase(Locale.ROOT)
                .codePoints()
                .forEach(
                        c -> {
                            boolean fits =
                                    (c >= 'a' && c <= 'z')
                                            || (c >= '0' && c <= '9')
                                            || c == '.'
                                            || c == '_'
                                            || c == '-';
                            name.append(fits ? Character.toString(c) : Integer.toHexString(c));
                        });
        return name.toString();
    }

    private static Problem masked(Spot spot) {
        return Problem.of(
                ProblemCode.VALUE_INVALID,
                "option '%s' holds '%s', which stands for a secret that was not shown"
                        .formatted(spot.path(), Mask.MASKED),
                "write the secret, or a reference to one that is kept: ${secret:name}");
    }

    private static Problem inUrl() {
        return Problem.of(
                ProblemCode.VALUE_INVALID,
                "an address with a password in it is not kept: https://user:***@host",
                "take the password out of the address; 'user' and 'password', or 'auth' of an API,"
                        + " hold it");
    }

    private static ProblemsException refused(String message) {
        return new ProblemsException(
                List.of(
                        Problem.of(
                                ProblemCode.YAML_INVALID,
                                message,
                                "mend the YAML, or keep the password as a secret of the project and"
                                        + " write ${secret:name} in its place")));
    }
}
