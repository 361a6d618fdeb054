package dev.mortise.server.safety;

import java.util.Map;

/// Puts values into the path of a route.
final class Fill {
    private static final Map<String, String> VALUES =
            Map.of("kind", "flows", "revision", "1", "n", "1");

    private Fill() {}

    /// @param project what stands for `{project}`; all else names nothing there is
    static String path(String pattern, String project) {
        StringBuilder path = new StringBuilder();
        int done = 0;
        for (int at = pattern.indexOf('{'); at >= 0; at = pattern.indexOf('{', done)) {
            int end = pattern.indexOf('}', at);
            String name = pattern.substring(at + 1, end).split(":", 2)[0];
            path.append(pattern, done, at)
                    .append(
                            name.equals("project")
                                    ? project
                                    : VALUES.getOrDefault(name, "nothing-there"));
            done = end + 1;
        }
        return path.append(pattern.substring(done)).toString();
    }
}
