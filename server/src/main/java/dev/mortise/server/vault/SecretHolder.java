package dev.mortise.server.vault;

import org.jooq.DSLContext;

/// Who refers to secrets of a project beside its documents.
public interface SecretHolder {
    /// Lets what it refers to follow a name, in the transaction that gives a secret another one.
    void renamed(DSLContext dsl, String project, String from, String to);
}
