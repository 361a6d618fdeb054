package dev.mortise.server.document;

import org.jooq.DSLContext;

/// Who keeps something under the name of a flow, and hears when it gets another.
public interface FlowFollower {
    /// Called in the transaction that renames the flow; throws when it must not be renamed now.
    void renamed(DSLContext dsl, String project, String from, String to);

    /// Whether targets may keep progress under a flow's name, for it ran.
    default boolean ran(DSLContext dsl, String project, String flow) {
        return false;
    }
}
