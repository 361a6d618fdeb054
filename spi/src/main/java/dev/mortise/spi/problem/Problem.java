package dev.mortise.spi.problem;

/// Something a person can act on, shown as `message; fix`.
///
/// @param message what was expected and what was found: lower case, values in quotes, no full stop
/// @param place where: `flows/orders.yaml:12:5`, `connection 'erp'`, `erp.sales.orders`; or empty
/// @param fix what to do about it; empty only when nothing can be said
public record Problem(ProblemCode code, String message, String place, String fix) {
    public static Problem of(ProblemCode code, String message, String fix) {
        return new Problem(code, message, "", fix);
    }

    /// The same problem, with a place when it has none yet.
    public Problem at(String where) {
        return place.isEmpty() ? new Problem(code, message, where, fix) : this;
    }

    public Fault fault() {
        return code.fault();
    }

    /// One line for a terminal or a log: `place: message; fix (CODE)`.
    public String line() {
        String where = place.isEmpty() ? "" : place + ": ";
        String mend = fix.isEmpty() ? "" : "; " + fix;
        return where + message + mend + " (" + code + ")";
    }
}
