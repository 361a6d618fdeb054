package dev.mortise.api.recipe;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What one signing or verifying knows: the message, the keys, and the values named so far, each
/// computed once. Belongs to one thread.
final class Scope {
    private final Map<String, Setting> settings;
    private final Map<String, Pipe> names;
    private final Keys keys;
    private final Signing signing;
    private final Map<String, Value> values = new HashMap<>();
    private Message message;

    Scope(
            Map<String, Setting> settings,
            Map<String, Pipe> names,
            Message message,
            Keys keys,
            Signing signing) {
        this.settings = settings;
        this.names = names;
        this.message = message;
        this.keys = keys;
        this.signing = signing;
    }

    Message message() {
        return message;
    }

    /// Goes on with a message that has got more.
    void become(Message next) {
        message = next;
    }

    Keys keys() {
        return keys;
    }

    Signing signing() {
        return signing;
    }

    Instant now() {
        return signing.clock().instant();
    }

    Setting setting(String name) {
        Setting setting = settings.get(name);
        if (setting == null) {
            throw new IllegalStateException("unchecked setting " + name);
        }
        return setting;
    }

    /// The pipe behind a name; empty for a setting.
    Optional<Pipe> pipe(String name) {
        return Optional.ofNullable(names.get(name));
    }

    /// A value that the message carries is not computed.
    void receive(String name, String value) {
        values.put(name, Value.of(value));
    }

    Value value(String name) {
        Value known = values.get(name);
        if (known != null) {
            return known;
        }
        Value value = compute(name);
        values.put(name, value);
        return value;
    }

    private Value compute(String name) {
        Pipe pipe = names.get(name);
        if (pipe == null) {
            return Value.of(keys.text(setting(name), now()));
        }
        String given = pipe.isFresh() ? signing.given().get(name) : null;
        return given == null ? pipe.run(this) : Value.of(given);
    }
}
