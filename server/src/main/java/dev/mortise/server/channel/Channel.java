package dev.mortise.server.channel;

import java.util.Map;

/// Where alerts go.
///
/// @param settings by name: texts, lists of texts, booleans; secrets as `${secret:name}` only
/// @param language of what is sent: `zh-CN` or `en`
public record Channel(
        String id,
        String project,
        String name,
        ChannelKind kind,
        Map<String, Object> settings,
        String language,
        int revision) {
    public Channel {
        settings = Map.copyOf(settings);
    }
}
