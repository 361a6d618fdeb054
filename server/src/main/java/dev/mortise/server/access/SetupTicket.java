package dev.mortise.server.access;

import dev.mortise.server.store.Ids;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// The right to make the first administrator: printed at the start, used once, kept in memory only.
@Component
public final class SetupTicket {
    private final PersonStore people;
    private final String token = Ids.secret();

    SetupTicket(PersonStore people) {
        this.people = people;
    }

    /// Empty once there is somebody.
    public Optional<String> token() {
        return people.isEmpty() ? Optional.of(token) : Optional.empty();
    }

    boolean admits(String shown) {
        return people.isEmpty()
                && MessageDigest.isEqual(
                        token.getBytes(StandardCharsets.UTF_8),
                        shown.getBytes(StandardCharsets.UTF_8));
    }
}
