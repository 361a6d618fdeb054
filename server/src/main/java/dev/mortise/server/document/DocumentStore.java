package dev.mortise.server.document;

import static dev.mortise.server.store.Columns.big;
import static dev.mortise.server.store.Columns.table;
import static dev.mortise.server.store.Columns.text;
import static dev.mortise.server.store.Columns.whole;
import static java.util.Objects.requireNonNull;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.position;
import static org.jooq.impl.DSL.selectOne;

import dev.mortise.server.store.Database;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Documents and their revisions.
@Component
public final class DocumentStore {
    static final Table<Record> DOCUMENT = table("document");
    static final Field<String> PROJECT = text("project");
    static final Field<String> KIND = text("kind");
    static final Field<String> NAME = text("name");
    private static final Field<String> TITLE = text("title");
    private static final Field<String> CONNECTOR = text("connector");
    private static final Field<String> TAGS = text("tags");
    private static final Field<String> TEXT = text("text");
    private static final Field<String> WORDS = text("words");
    private static final Field<String> LAYOUT = text("layout");
    private static final Field<Integer> REVISION = whole("revision");
    private static final Field<Integer> PUBLISHED = whole("published");
    private static final Field<Long> UPDATED_AT = big("updated_at");
    private static final Field<String> UPDATED_BY = text("updated_by");

    private static final Table<Record> REVISIONS = table("revision");
    private static final Field<String> AUTHOR = text("author");
    private static final Field<Long> AT = big("at");
    private static final Field<String> MESSAGE = text("message");

    /// Of one statement.
    private static final int ROWS_MAX = 100;

    private static final List<Field<?>> COLUMNS =
            List.of(
                    PROJECT,
                    KIND,
                    NAME,
                    TITLE,
                    CONNECTOR,
                    TAGS,
                    TEXT,
                    WORDS,
                    LAYOUT,
                    REVISION,
                    PUBLISHED,
                    UPDATED_AT,
                    UPDATED_BY);

    private final Database database;

    DocumentStore(Database database) {
        this.database = database;
    }

    /// One saved text of a document.
    public record Revision(int revision, String text, String author, Instant at, String message) {
        Revision with(String other) {
            return new Revision(revision, other, author, at, message);
        }
    }

    /// @param query any part of the name, the title or the text; empty for all
    /// @param after the name after which the part begins; null for the first
    List<Document> list(
            String project, DocumentKind kind, String query, @Nullable String after, int limit) {
        return database.read(
                dsl ->
                        dsl.selectFrom(DOCUMENT)
                                .where(PROJECT.eq(project))
                                .and(KIND.eq(kind.word()))
                                .and(after == null ? noCondition() : NAME.gt(after))
                                .and(matches(query))
                                .orderBy(NAME)
                                .limit(limit)
                                .fetch(DocumentStore::document));
    }

    private static Condition matches(String query) {
        if (query.isBlank()) {
            return noCondition();
        }
        return position(WORDS, query.strip().toLowerCase(Locale.ROOT)).gt(0);
    }

    private static String words(String name, String title, String text) {
        return String.join(" ", name, title, text).toLowerCase(Locale.ROOT);
    }

    public Optional<Document> find(String project, DocumentKind kind, String name) {
        return database.read(dsl -> find(dsl, project, kind, name));
    }

    /// The same within a transaction.
    public Optional<Document> find(DSLContext dsl, String project, DocumentKind kind, String name) {
        return dsl.selectFrom(DOCUMENT)
                .where(is(project, kind, name))
                .fetchOptional(DocumentStore::document);
    }

    static Condition is(String project, DocumentKind kind, String name) {
        return PROJECT.eq(project).and(KIND.eq(kind.word())).and(NAME.eq(name));
    }

    /// Texts of a kind by their file, as runs use them or as they were last saved.
    public Map<String, String> texts(String project, DocumentKind kind, boolean published) {
        return database.read(dsl -> texts(dsl, project, kind, published));
    }

    private static Map<String, String> texts(
            DSLContext dsl, String project, DocumentKind kind, boolean published) {
        Map<String, String> texts = new TreeMap<>();
        var wanted = PROJECT.eq(project).and(KIND.eq(kind.word()));
        if (!published) {
            dsl.select(NAME, TEXT)
                    .from(DOCUMENT)
                    .where(wanted)
                    .forEach(row -> texts.put(file(kind, row.value1()), row.value2()));
            return texts;
        }
        dsl.select(text("document", "name"), text("revision", "text"))
                .from(DOCUMENT)
                .join(REVISIONS)
                .on(text("document", "project").eq(text("revision", "project")))
                .and(text("document", "kind").eq(text("revision", "kind")))
                .and(text("document", "name").eq(text("revision", "name")))
                .and(whole("document", "published").eq(whole("revision", "revision")))
                .where(text("document", "project").eq(project))
                .and(text("document", "kind").eq(kind.word()))
                .forEach(row -> texts.put(file(kind, row.value1()), row.value2()));
        return texts;
    }

    /// Flows that were renamed, and that which bears one name, as they were last saved: by file.
    Map<String, String> renamedFlows(String project, String name) {
        Map<String, String> texts = new TreeMap<>();
        database.read(
                        dsl ->
                                dsl.select(NAME, TEXT)
                                        .from(DOCUMENT)
                                        .where(PROJECT.eq(project))
                                        .and(KIND.eq(DocumentKind.FLOWS.word()))
                                        .and(TEXT.contains("\nformerly:").or(NAME.eq(name)))
                                        .fetch())
                .forEach(row -> texts.put(file(DocumentKind.FLOWS, row.value1()), row.value2()));
        return texts;
    }

    /// Documents in which a word stands somewhere, as they were saved last or as runs use them.
    List<Document> containing(
            DSLContext dsl, String project, DocumentKind kind, String word, int limit) {
        Table<Record> used = REVISIONS.as("used");
        Condition inUsed =
                exists(
                        selectOne()
                                .from(used)
                                .where(text("used", "project").eq(text("document", "project")))
                                .and(text("used", "kind").eq(text("document", "kind")))
                                .and(text("used", "name").eq(text("document", "name")))
                                .and(whole("used", "revision").eq(whole("document", "published")))
                                .and(text("used", "text").contains(word)));
        return dsl.selectFrom(DOCUMENT)
                .where(PROJECT.eq(project))
                .and(KIND.eq(kind.word()))
                .and(TEXT.contains(word).or(inUsed))
                .orderBy(NAME)
                .limit(limit)
                .fetch(DocumentStore::document);
    }

    /// Every document of a kind.
    List<Document> all(DSLContext dsl, String project, DocumentKind kind) {
        return dsl.selectFrom(DOCUMENT)
                .where(PROJECT.eq(project))
                .and(KIND.eq(kind.word()))
                .orderBy(NAME)
                .fetch(DocumentStore::document);
    }

    private static String file(DocumentKind kind, String name) {
        return kind.word() + "/" + name + ".yaml";
    }

    List<Revision> revisions(
            String project, DocumentKind kind, String name, @Nullable Integer before, int limit) {
        return database.read(
                dsl ->
                        dsl.selectFrom(REVISIONS)
                                .where(is(project, kind, name))
                                .and(before == null ? noCondition() : REVISION.lt(before))
                                .orderBy(REVISION.desc())
                                .limit(limit)
                                .fetch(DocumentStore::revision));
    }

    public Optional<Revision> revision(
            String project, DocumentKind kind, String name, int revision) {
        return database.read(dsl -> revision(dsl, project, kind, name, revision));
    }

    Optional<Revision> revision(
            DSLContext dsl, String project, DocumentKind kind, String name, int revision) {
        return dsl.selectFrom(REVISIONS)
                .where(is(project, kind, name))
                .and(REVISION.eq(revision))
                .fetchOptional(DocumentStore::revision);
    }

    /// What runs use of a document that is published.
    String used(DSLContext dsl, Document document) {
        int used = requireNonNull(document.published());
        return revision(dsl, document.project(), document.kind(), document.name(), used)
                .orElseThrow()
                .text();
    }

    /// Puts a new revision on top.
    void save(DSLContext dsl, Document document, String message) {
        if (document.revision() == 1) {
            dsl.insertInto(DOCUMENT)
                    .set(PROJECT, document.project())
                    .set(KIND, document.kind().word())
                    .set(NAME, document.name())
                    .set(values(document))
                    .execute();
        } else {
            dsl.update(DOCUMENT)
                    .set(values(document))
                    .where(is(document.project(), document.kind(), document.name()))
                    .execute();
        }
        dsl.insertInto(REVISIONS)
                .set(PROJECT, document.project())
                .set(KIND, document.kind().word())
                .set(NAME, document.name())
                .set(REVISION, document.revision())
                .set(TEXT, document.text())
                .set(AUTHOR, document.updatedBy())
                .set(AT, document.updatedAt().toEpochMilli())
                .set(MESSAGE, message)
                .execute();
    }

    /// The first revisions of documents that are new, in few statements.
    void addAll(DSLContext dsl, List<Document> documents, String message) {
        for (int from = 0; from < documents.size(); from += ROWS_MAX) {
            add(dsl, documents.subList(from, Math.min(from + ROWS_MAX, documents.size())), message);
        }
    }

    private static void add(DSLContext dsl, List<Document> documents, String message) {
        var rows = dsl.insertInto(DOCUMENT).columns(COLUMNS);
        var revisions =
                dsl.insertInto(REVISIONS, PROJECT, KIND, NAME, REVISION, TEXT, AUTHOR, AT, MESSAGE);
        for (Document document : documents) {
            Map<Field<?>, Object> values = values(document);
            values.put(PROJECT, document.project());
            values.put(KIND, document.kind().word());
            values.put(NAME, document.name());
            rows = rows.values(COLUMNS.stream().map(values::get).toList());
            revisions =
                    revisions.values(
                            document.project(),
                            document.kind().word(),
                            document.name(),
                            document.revision(),
                            document.text(),
                            document.updatedBy(),
                            document.updatedAt().toEpochMilli(),
                            message);
        }
        rows.execute();
        revisions.execute();
    }

    private static Map<Field<?>, Object> values(Document document) {
        Map<Field<?>, Object> values = new java.util.HashMap<>();
        values.put(TITLE, document.title());
        values.put(CONNECTOR, document.connector());
        values.put(TAGS, String.join(",", document.tags()));
        values.put(TEXT, document.text());
        values.put(
                WORDS,
                words(
                        document.name(),
                        document.title(),
                        SecretMask.of(document.kind(), document.text())));
        values.put(LAYOUT, document.layout());
        values.put(REVISION, document.revision());
        values.put(PUBLISHED, document.published());
        values.put(UPDATED_AT, document.updatedAt().toEpochMilli());
        values.put(UPDATED_BY, document.updatedBy());
        return values;
    }

    void layout(DSLContext dsl, Document document, @Nullable String layout) {
        dsl.update(DOCUMENT)
                .set(LAYOUT, layout)
                .where(is(document.project(), document.kind(), document.name()))
                .execute();
    }

    void tags(DSLContext dsl, Document document, List<String> tags) {
        dsl.update(DOCUMENT)
                .set(TAGS, String.join(",", tags))
                .where(is(document.project(), document.kind(), document.name()))
                .execute();
    }

    /// Its revisions and its lock follow.
    void rename(DSLContext dsl, Document document, String to) {
        dsl.update(DOCUMENT)
                .set(NAME, to)
                .where(is(document.project(), document.kind(), document.name()))
                .execute();
    }

    void publish(DSLContext dsl, Document document, int revision) {
        dsl.update(DOCUMENT)
                .set(PUBLISHED, revision)
                .where(is(document.project(), document.kind(), document.name()))
                .execute();
    }

    void remove(DSLContext dsl, Document document) {
        dsl.deleteFrom(DOCUMENT)
                .where(is(document.project(), document.kind(), document.name()))
                .execute();
    }

    private static Revision revision(Record row) {
        return new Revision(
                row.get(REVISION),
                row.get(TEXT),
                row.get(AUTHOR),
                Instant.ofEpochMilli(row.get(AT)),
                row.get(MESSAGE));
    }

    private static Document document(Record row) {
        String tags = row.get(TAGS);
        return new Document(
                row.get(PROJECT),
                DocumentKind.of(row.get(KIND)).orElseThrow(),
                row.get(NAME),
                row.get(TITLE),
                row.get(CONNECTOR),
                tags.isEmpty() ? List.of() : Arrays.asList(tags.split(",")),
                row.get(TEXT),
                row.get(LAYOUT),
                row.get(REVISION),
                row.get(PUBLISHED),
                Instant.ofEpochMilli(row.get(UPDATED_AT)),
                row.get(UPDATED_BY));
    }
}
