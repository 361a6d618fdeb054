package dev.mortise.server.document;

import org.jooq.DSLContext;

/// Who refers to secrets of a project beside its documents.
public interface SecretHolder {
    /// Whether it refers to a secret by this name.
    boolean holds(DSLContext dsl, String project, String secret);
}
