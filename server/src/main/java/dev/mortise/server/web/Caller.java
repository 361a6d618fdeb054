package dev.mortise.server.web;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who makes a request. Read once at the door and handed on as an argument.
///
/// @param id opaque; of a person
/// @param login the name a person signs in with
/// @param grants roles by project; `*` stands for every project and for what belongs to none
/// @param ip the address the request came from
public record Caller(String id, String login, Map<String, Role> grants, String ip) {
    public static final String EVERYWHERE = "*";

    /// What Spring calls an authority: of a caller that is an API token.
    public static final String TOKEN = "token";

    public Caller {
        grants = Map.copyOf(grants);
    }

    /// @param project `*` for what belongs to no project
    public boolean may(Role role, String project) {
        return includes(grants.get(EVERYWHERE), role) || includes(grants.get(project), role);
    }

    private static boolean includes(@Nullable Role granted, Role wanted) {
        return granted != null && granted.includes(wanted);
    }

    /// Whether anything is granted in a project.
    public boolean sees(String project) {
        return may(Role.VIEWER, project);
    }
}
