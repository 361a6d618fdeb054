package dev.mortise.api.paging;

/// Where reading stands: in the page of a token, behind so many of its records.
///
/// @param before records of the pages before, in this scope
public record Position(Scope scope, String token, long before, long within) {
    /// The beginning of a scope.
    public static Position start(Scope scope) {
        return new Position(scope, "", 0, 0);
    }

    /// What [#text] wrote; anything else is the beginning of everything.
    public static Position parse(String bounds) {
        boolean scoped = bounds.startsWith("each ") || bounds.startsWith("slice ");
        int line = scoped ? bounds.indexOf('\n') : -1;
        Scope scope = Scope.parse(line < 0 ? "" : bounds.substring(0, line));
        String[] parts = bounds.substring(line + 1).split(" ", 3);
        return parts.length < 3
                ? start(scope)
                : new Position(scope, parts[2], Long.parseLong(parts[0]), Long.parseLong(parts[1]));
    }

    public String text() {
        String place = before + " " + within + " " + token;
        return scope instanceof Scope.Whole ? place : scope.text() + "\n" + place;
    }

    /// In the same page, behind so many of its records.
    public Position within(long records) {
        return new Position(scope, token, before, records);
    }

    /// At the beginning of another page.
    public Position page(String next, long seen) {
        return new Position(scope, next, seen, 0);
    }

    /// The same place, whose page is called otherwise.
    public Position called(String other) {
        return new Position(scope, other, before, within);
    }
}
