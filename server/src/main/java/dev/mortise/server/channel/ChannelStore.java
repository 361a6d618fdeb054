package dev.mortise.server.channel;

import static dev.mortise.server.store.Columns.table;
import static dev.mortise.server.store.Columns.text;
import static dev.mortise.server.store.Columns.whole;

import dev.mortise.server.store.Database;
import dev.mortise.server.vault.SecretHolder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectMapper;

@Component
final class ChannelStore implements SecretHolder {
    private static final Table<Record> CHANNEL = table("channel");
    private static final Field<String> ID = text("id");
    private static final Field<String> PROJECT = text("project");
    private static final Field<String> NAME = text("name");
    private static final Field<String> KIND = text("kind");
    private static final Field<String> SETTINGS = text("settings");
    private static final Field<String> LANGUAGE = text("language");
    private static final Field<Integer> REVISION = whole("revision");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    private final Database database;

    ChannelStore(Database database) {
        this.database = database;
    }

    /// All of a project, by name; they are few.
    List<Channel> list(String project) {
        return database.read(
                dsl ->
                        dsl.selectFrom(CHANNEL)
                                .where(PROJECT.eq(project))
                                .orderBy(NAME)
                                .fetch(ChannelStore::channel));
    }

    @Override
    public void renamed(DSLContext dsl, String project, String from, String to) {
        String reference = "${secret:" + from + "}";
        dsl.update(CHANNEL)
                .set(SETTINGS, DSL.replace(SETTINGS, reference, "${secret:" + to + "}"))
                .set(REVISION, REVISION.plus(1))
                .where(PROJECT.eq(project))
                .and(SETTINGS.contains(reference))
                .execute();
    }

    Optional<Channel> find(String id) {
        return database.read(dsl -> find(dsl, id));
    }

    Optional<Channel> find(DSLContext dsl, String id) {
        return dsl.selectFrom(CHANNEL).where(ID.eq(id)).fetchOptional(ChannelStore::channel);
    }

    void add(DSLContext dsl, Channel channel) {
        dsl.insertInto(CHANNEL)
                .set(ID, channel.id())
                .set(PROJECT, channel.project())
                .set(NAME, channel.name())
                .set(KIND, channel.kind().word())
                .set(SETTINGS, JSON.writeValueAsString(channel.settings()))
                .set(LANGUAGE, channel.language())
                .set(REVISION, channel.revision())
                .execute();
    }

    /// @return whether it was still as it was seen
    boolean change(DSLContext dsl, Channel channel) {
        return dsl.update(CHANNEL)
                        .set(NAME, channel.name())
                        .set(KIND, channel.kind().word())
                        .set(SETTINGS, JSON.writeValueAsString(channel.settings()))
                        .set(LANGUAGE, channel.language())
                        .set(REVISION, channel.revision())
                        .where(ID.eq(channel.id()))
                        .and(REVISION.eq(channel.revision() - 1))
                        .execute()
                == 1;
    }

    void remove(DSLContext dsl, String id) {
        dsl.deleteFrom(CHANNEL).where(ID.eq(id)).execute();
    }

    private static Channel channel(Record row) {
        return new Channel(
                row.get(ID),
                row.get(PROJECT),
                row.get(NAME),
                ChannelKind.of(row.get(KIND)).orElseThrow(),
                JSON.readValue(row.get(SETTINGS), MAP),
                row.get(LANGUAGE),
                row.get(REVISION));
    }
}
