package dev.mortise.server.calendar;

import static dev.mortise.server.store.Columns.table;
import static dev.mortise.server.store.Columns.text;
import static dev.mortise.server.store.Columns.whole;

import dev.mortise.server.calendar.WorkCalendar.Kind;
import dev.mortise.server.store.Database;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Calendars and their days.
@Component
public final class CalendarStore {
    private static final Table<Record> CALENDAR = table("calendar");
    private static final Field<String> NAME = text("name");
    private static final Field<String> TITLE = text("title");
    private static final Field<String> NOTE = text("note");
    private static final Field<Integer> REVISION = whole("revision");
    private static final Field<String> OFFICIAL = text("official_until");

    private static final Table<Record> DAY = table("calendar_day");
    private static final Field<String> OF = text("calendar");
    private static final Field<String> DATE = text("day");
    private static final Field<String> KIND = text("kind");

    private final Database database;

    CalendarStore(Database database) {
        this.database = database;
    }

    List<String> names() {
        return database.read(dsl -> dsl.select(NAME).from(CALENDAR).orderBy(NAME).fetch(NAME));
    }

    public Optional<WorkCalendar> find(String name) {
        return database.read(dsl -> find(dsl, name));
    }

    /// Within a transaction that depends on it.
    public Optional<WorkCalendar> find(DSLContext dsl, String name) {
        return dsl.selectFrom(CALENDAR)
                .where(NAME.eq(name))
                .fetchOptional(
                        row ->
                                new WorkCalendar(
                                        name,
                                        row.get(TITLE),
                                        row.get(NOTE),
                                        days(dsl, name),
                                        date(row.get(OFFICIAL)),
                                        row.get(REVISION)));
    }

    private static @Nullable LocalDate date(@Nullable String written) {
        return written == null ? null : LocalDate.parse(written);
    }

    private static Map<LocalDate, Kind> days(DSLContext dsl, String name) {
        Map<LocalDate, Kind> days = new TreeMap<>();
        dsl.select(DATE, KIND)
                .from(DAY)
                .where(OF.eq(name))
                .forEach(row -> days.put(LocalDate.parse(row.value1()), Kind.of(row.value2())));
        return days;
    }

    void save(DSLContext dsl, WorkCalendar calendar) {
        dsl.deleteFrom(DAY).where(OF.eq(calendar.name())).execute();
        LocalDate until = calendar.officialUntil();
        String official = until == null ? null : until.toString();
        dsl.insertInto(CALENDAR)
                .set(OFFICIAL, official)
                .set(NAME, calendar.name())
                .set(TITLE, calendar.title())
                .set(NOTE, calendar.note())
                .set(REVISION, calendar.revision())
                .onConflict(NAME)
                .doUpdate()
                .set(OFFICIAL, official)
                .set(TITLE, calendar.title())
                .set(NOTE, calendar.note())
                .set(REVISION, calendar.revision())
                .execute();
        var days = dsl.insertInto(DAY, OF, DATE, KIND);
        for (Map.Entry<LocalDate, Kind> day : calendar.days().entrySet()) {
            days = days.values(calendar.name(), "" + day.getKey(), day.getValue().word());
        }
        if (!calendar.days().isEmpty()) {
            days.execute();
        }
    }
}
