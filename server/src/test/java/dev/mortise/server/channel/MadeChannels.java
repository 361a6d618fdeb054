package dev.mortise.server.channel;

import dev.mortise.engine.flow.Surroundings;
import dev.mortise.server.store.Database;
import dev.mortise.server.store.Ids;
import java.util.Map;
import java.util.Optional;

/// Channels for tests, with secrets at hand.
public final class MadeChannels {
    private MadeChannels() {}

    public static Channels in(Database database, Map<String, String> secrets) {
        return new Channels(
                new ChannelStore(database),
                project ->
                        new Surroundings.Secrets() {
                            @Override
                            public Optional<String> find(String name) {
                                return Optional.ofNullable(secrets.get(name));
                            }
                        });
    }

    /// @return its id
    public static String add(Database database, String project, ChannelKind kind) {
        Channel channel = new Channel(Ids.next(), project, kind.word(), kind, Map.of(), "zh-CN", 1);
        database.write(
                dsl -> {
                    new ChannelStore(database).add(dsl, channel);
                    return null;
                });
        return channel.id();
    }
}
