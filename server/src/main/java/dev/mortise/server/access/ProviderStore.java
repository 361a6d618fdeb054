package dev.mortise.server.access;

import static dev.mortise.server.store.Columns.big;
import static dev.mortise.server.store.Columns.table;
import static dev.mortise.server.store.Columns.text;
import static dev.mortise.server.store.Columns.whole;

import dev.mortise.server.store.Database;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/// Providers and their settings, without their secrets, which the vault keeps.
@Component
final class ProviderStore {
    static final int COUNT_MAX = 20;

    private static final Table<Record> PROVIDER = table("login_provider");
    private static final Field<String> ID = text("id");
    private static final Field<String> KIND = text("kind");
    private static final Field<String> TITLE = text("title");
    private static final Field<Integer> ENABLED = whole("enabled");
    private static final Field<String> SETTINGS = text("settings");
    private static final Field<Integer> VERSION = whole("version");
    private static final Field<Long> UPDATED = big("updated_at");

    private final Database database;
    private final ObjectMapper json;

    ProviderStore(Database database, ObjectMapper json) {
        this.database = database;
        this.json = json;
    }

    /// The column `settings`.
    record Kept(
            Provider.@Nullable Oidc oidc,
            Provider.@Nullable Ldap ldap,
            Map<String, Map<String, String>> groups,
            Map<String, String> everybody) {}

    List<Provider> list() {
        return database.read(
                dsl -> dsl.selectFrom(PROVIDER).orderBy(ID).limit(COUNT_MAX).fetch(this::provider));
    }

    Optional<Provider> find(String id) {
        return database.read(dsl -> find(dsl, id));
    }

    Optional<Provider> find(DSLContext dsl, String id) {
        return dsl.selectFrom(PROVIDER).where(ID.eq(id)).fetchOptional(this::provider);
    }

    int count(DSLContext dsl) {
        return dsl.fetchCount(PROVIDER);
    }

    void add(DSLContext dsl, Provider provider) {
        dsl.insertInto(PROVIDER)
                .set(ID, provider.id())
                .set(KIND, provider.settings().kind())
                .set(VERSION, 1)
                .set(values(dsl, provider))
                .execute();
    }

    void change(DSLContext dsl, Provider provider) {
        dsl.update(PROVIDER)
                .set(values(dsl, provider))
                .set(VERSION, VERSION.plus(1))
                .where(ID.eq(provider.id()))
                .execute();
    }

    private Map<Field<?>, Object> values(DSLContext dsl, Provider provider) {
        Map<Field<?>, Object> values = new HashMap<>();
        values.put(TITLE, provider.title());
        values.put(ENABLED, provider.enabled() ? 1 : 0);
        values.put(SETTINGS, written(provider));
        values.put(UPDATED, database.now(dsl).toEpochMilli());
        return values;
    }

    /// Its settings as text; no secret is among them.
    String written(Provider provider) {
        Kept kept =
                switch (provider.settings()) {
                    case Provider.Oidc oidc ->
                            new Kept(oidc, null, provider.groups(), provider.everybody());
                    case Provider.Ldap ldap ->
                            new Kept(null, ldap, provider.groups(), provider.everybody());
                };
        return json.writeValueAsString(kept);
    }

    void remove(DSLContext dsl, String id) {
        dsl.deleteFrom(PROVIDER).where(ID.eq(id)).execute();
    }

    private Provider provider(Record row) {
        Kept kept = json.readValue(row.get(SETTINGS), Kept.class);
        Provider.Settings settings = kept.oidc() == null ? kept.ldap() : kept.oidc();
        return new Provider(
                row.get(ID),
                row.get(TITLE),
                row.get(ENABLED) != 0,
                java.util.Objects.requireNonNull(settings),
                kept.groups(),
                kept.everybody(),
                row.get(VERSION));
    }
}
