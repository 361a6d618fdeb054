package dev.mortise.server.document;

import dev.mortise.server.audit.AuditEntry;
import dev.mortise.server.audit.AuditStore;
import dev.mortise.server.document.Rewriting.Edit;
import dev.mortise.server.vault.SecretHolder;
import dev.mortise.server.vault.SecretTaker;
import dev.mortise.server.web.Caller;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/// Secrets follow the connection they are named after: `erp.password` becomes `sap.password` when
/// `erp` becomes `sap`. A connection that is called `erp` later has its own, and takes nothing.
@Component
final class SecretMoves {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{secret:([^}]*)}");

    /// More names of one kind than anybody has.
    private static final int NUMBER_MAX = 1_000;

    private static final int DOCUMENTS_MAX = 10_000;

    private final SecretTaker secrets;
    private final DocumentStore documents;
    private final EditLocks locks;
    private final Rewriting rewriting;
    private final List<SecretHolder> holders;
    private final AuditStore audit;

    SecretMoves(
            SecretTaker secrets,
            DocumentStore documents,
            EditLocks locks,
            Rewriting rewriting,
            List<SecretHolder> holders,
            AuditStore audit) {
        this.secrets = secrets;
        this.documents = documents;
        this.locks = locks;
        this.rewriting = rewriting;
        this.holders = List.copyOf(holders);
        this.audit = audit;
    }

    /// A connection's names of secrets.
    ///
    /// @param from the prefix they had, point and all
    /// @param to the one they are to have
    private record Prefixes(String from, String to) {
        static Prefixes of(String from, String to) {
            return new Prefixes(
                    ConnectionIntake.fitting(from) + ".", ConnectionIntake.fitting(to) + ".");
        }

        String next(String name) {
            return to + name.substring(from.length());
        }
    }

    /// Moves what the texts refer to, in the transaction that has renamed the connection. Others
    /// that refer to it follow.
    ///
    /// @param renamed under its new name already
    /// @param texts the newest one, and the one runs use
    /// @return new names by old ones
    Map<String, String> move(
            DSLContext dsl, Document renamed, String from, List<String> texts, Caller caller) {
        Prefixes prefixes = Prefixes.of(from, renamed.name());
        Map<String, String> moves = new LinkedHashMap<>();
        for (String name : named(texts, prefixes.from())) {
            String next = free(dsl, renamed.project(), prefixes.next(name));
            boolean isMoved =
                    next.length() <= ConnectionIntake.NAME_MAX
                            && secrets.copy(dsl, renamed.project(), name, next, caller.login());
            if (isMoved) {
                moves.put(name, next);
                secrets.drop(dsl, renamed.project(), name);
                told(dsl, renamed.project(), caller, "secret.set", next);
                told(dsl, renamed.project(), caller, "secret.remove", name);
            }
        }
        if (!moves.isEmpty()) {
            follow(dsl, renamed, moves, caller);
        }
        return moves;
    }

    /// An older text of a connection as it reads under the name the connection has now.
    String brought(DSLContext dsl, Document now, String text) {
        String written = DocumentRules.written(now.kind(), text);
        if (written.isEmpty() || written.equals(now.name())) {
            return text;
        }
        String renamed = DocumentRules.renamed(now.kind(), text, now.name());
        if (now.kind() != DocumentKind.CONNECTIONS) {
            String formerly = DocumentRules.formerly(now.text());
            return formerly.isEmpty()
                    ? renamed
                    : DocumentRules.keeping(renamed, formerly, now.name());
        }
        Prefixes prefixes = Prefixes.of(written, now.name());
        Map<String, String> moves = new LinkedHashMap<>();
        for (String name : named(List.of(text), prefixes.from())) {
            String next = prefixes.next(name);
            if (secrets.isKept(dsl, now.project(), next)) {
                moves.put(name, next);
            }
        }
        return applied(renamed, moves);
    }

    /// The text with other names of secrets; every other byte stays.
    static String applied(String text, Map<String, String> moves) {
        return REFERENCE
                .matcher(text)
                .replaceAll(
                        found -> {
                            String next = moves.getOrDefault(found.group(1), found.group(1));
                            return Matcher.quoteReplacement("${secret:" + next + "}");
                        });
    }

    private static Set<String> named(List<String> texts, String prefix) {
        Set<String> names = new LinkedHashSet<>();
        for (String text : texts) {
            Matcher reference = REFERENCE.matcher(text);
            while (reference.find()) {
                if (reference.group(1).startsWith(prefix)) {
                    names.add(reference.group(1));
                }
            }
        }
        return names;
    }

    /// Nothing that is kept under the new name is overwritten: somebody may rely on it.
    private String free(DSLContext dsl, String project, String wanted) {
        String name = wanted;
        for (int i = 2; i < NUMBER_MAX && secrets.isKept(dsl, project, name); i++) {
            name = wanted + "-" + i;
        }
        return name;
    }

    /// Documents that refer to the same secrets, and whoever else does.
    private void follow(
            DSLContext dsl, Document renamed, Map<String, String> moves, Caller caller) {
        for (DocumentKind kind : DocumentKind.values()) {
            List<Edit> edits = new ArrayList<>();
            for (Document each :
                    documents.containing(
                            dsl, renamed.project(), kind, "${secret:", DOCUMENTS_MAX)) {
                if (kind != renamed.kind() || !each.name().equals(renamed.name())) {
                    edit(dsl, each, moves).ifPresent(edits::add);
                }
            }
            edits.forEach(edit -> locks.demandFree(dsl, edit.document(), caller));
            rewriting.saved(dsl, edits, "its secret is now " + names(moves), caller);
        }
        moves.forEach(
                (from, to) ->
                        holders.forEach(each -> each.renamed(dsl, renamed.project(), from, to)));
    }

    private static String names(Map<String, String> moves) {
        return String.join(", ", moves.values());
    }

    /// Empty when it refers to none of them.
    private Optional<Edit> edit(DSLContext dsl, Document document, Map<String, String> moves) {
        String newest = applied(document.text(), moves);
        String used = null;
        if (document.state() == Document.State.CHANGED) {
            String before = documents.used(dsl, document);
            String after = applied(before, moves);
            used = after.equals(before) ? null : after;
        }
        return used == null && newest.equals(document.text())
                ? Optional.empty()
                : Optional.of(new Edit(document, newest, used));
    }

    private void told(DSLContext dsl, String project, Caller caller, String act, String name) {
        audit.add(
                dsl,
                new AuditEntry(
                        caller.login(), caller.ip(), act, project, "secrets/" + name, null, null));
    }
}
