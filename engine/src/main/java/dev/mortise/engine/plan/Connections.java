package dev.mortise.engine.plan;

import dev.mortise.engine.flow.Connection;
import dev.mortise.spi.connect.Connector;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The connections of a project, each opened at its first use and closed together at the end.
public final class Connections implements AutoCloseable {
    private final Map<String, Connection> known;
    private final Map<String, Connector> open = new HashMap<>();
    private final Opening opening;

    public Connections(Map<String, Connection> known) {
        this(known, Opening.FRESH);
    }

    /// @param opening who opens connectors and takes them back
    public Connections(Map<String, Connection> known, Opening opening) {
        this.known = Map.copyOf(known);
        this.opening = opening;
    }

    /// Opens connectors and takes them back when they are no longer used.
    public interface Opening {
        /// Each is opened when it is wanted and closed at the end.
        Opening FRESH =
                new Opening() {
                    @Override
                    public Connector open(Connection connection) {
                        return connection.open();
                    }

                    @Override
                    public void giveBack(Connector connector) {
                        connector.close();
                    }
                };

        Connector open(Connection connection);

        void giveBack(Connector connector);
    }

    /// The connector of a connection.
    ///
    /// @throws ProblemException CONNECTION_UNKNOWN with the nearest name
    public synchronized Connector connector(String name) {
        return open.computeIfAbsent(name, this::connect);
    }

    private Connector connect(String name) {
        Connection connection = known.get(name);
        if (connection == null) {
            throw ProblemException.of(
                    ProblemCode.CONNECTION_UNKNOWN,
                    "no connection is called '" + name + "'",
                    Nearest.fix(name, known.keySet()));
        }
        return opening.open(connection);
    }

    /// The connector in a role.
    ///
    /// @param doing the role as a user says it: `read from`, `written to`
    /// @throws ProblemException ROLE_MISSING when the connector does not play it
    public <T extends Connector> T connector(String name, Class<T> role, String doing) {
        Connector connector = connector(name);
        if (!role.isInstance(connector)) {
            throw new ProblemException(
                    new Problem(
                            ProblemCode.ROLE_MISSING,
                            "connection '%s' of type '%s' cannot be %s"
                                    .formatted(name, type(name), doing),
                            "",
                            "use a connection of another type here"));
        }
        return role.cast(connector);
    }

    /// Where all connections lead, as a text that changes with any of it but secrets.
    public String identity() {
        return known.values().stream()
                .map(one -> one.name() + " " + one.type() + " " + one.settings().identity())
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    public String type(String name) {
        Connection connection = known.get(name);
        return connection == null ? "" : connection.type();
    }

    /// Cancels what is under way on all of them.
    public void stop() {
        List<Connector> working;
        synchronized (this) {
            working = List.copyOf(open.values());
        }
        working.forEach(Connector::stop);
    }

    @Override
    public synchronized void close() {
        open.values().forEach(opening::giveBack);
        open.clear();
    }
}
