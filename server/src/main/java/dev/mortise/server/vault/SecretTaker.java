package dev.mortise.server.vault;

import dev.mortise.spi.option.Secret;
import org.jooq.DSLContext;

/// Who takes in the secrets that stand in documents.
public interface SecretTaker {
    /// Sets a secret of a project, in the transaction of what refers to it.
    ///
    /// @return its version; 0 when it was that already
    int take(DSLContext dsl, String project, String name, Secret value, String by);

    /// Whether a project has a secret of this name.
    boolean isKept(DSLContext dsl, String project, String name);

    /// Keeps a secret under a second name.
    ///
    /// @return whether there was one
    boolean copy(DSLContext dsl, String project, String from, String to, String by);

    /// Forgets a secret.
    void drop(DSLContext dsl, String project, String name);

    /// Lets what a person's consent gave a connection follow its name.
    void renamed(DSLContext dsl, String project, String from, String to);

    /// Forgets what a person's consent gave a connection that is removed.
    void removed(DSLContext dsl, String project, String connection);
}
