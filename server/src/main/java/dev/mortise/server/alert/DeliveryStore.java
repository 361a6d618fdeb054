package dev.mortise.server.alert;

import static dev.mortise.server.store.Columns.big;
import static dev.mortise.server.store.Columns.table;
import static dev.mortise.server.store.Columns.text;
import static dev.mortise.server.store.Columns.whole;

import dev.mortise.server.channel.Answer;
import dev.mortise.server.channel.Message;
import dev.mortise.server.store.Database;
import dev.mortise.server.store.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/// The outbox: messages that are to be sent, and what became of them.
@Component
final class DeliveryStore {
    static final int BATCH = 200;
    private static final int CHANNELS_MAX = 500;

    private static final Table<Record> DELIVERY = table("alert_delivery");
    private static final Field<String> ID = text("id");
    private static final Field<String> INCIDENT = text("incident");
    private static final Field<String> CHANNEL = text("channel");
    private static final Field<String> FAULT = text("fault");
    private static final Field<String> EVENT = text("event");
    private static final Field<String> MESSAGE = text("message");
    private static final Field<Long> DUE = big("due_at");
    private static final Field<Integer> ATTEMPTS = whole("attempts");
    private static final Field<Long> DONE = big("done_at");
    private static final Field<Integer> OK = whole("ok");
    private static final Field<String> ANSWER = text("answer");

    private static final Table<Record> PACE = table("channel_pace");
    private static final Field<String> HOLDER = text("holder");
    private static final Field<Long> LEASE = big("lease_until");
    private static final Field<String> SENDS = text("sends");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Database database;

    DeliveryStore(Database database) {
        this.database = database;
    }

    record Delivery(String id, String incident, String channel, Message message, int attempts) {}

    /// What became of a message, for people.
    ///
    /// @param at when it was done; null while it is on its way
    record Told(String channel, String event, @Nullable Instant at, boolean ok, String answer) {}

    /// Puts a message into the outbox.
    ///
    /// @param fault what it tells of; the same is told once on a channel
    /// @return whether it was not there yet
    boolean add(DSLContext dsl, Incident incident, String channel, String fault, Message message) {
        return dsl.insertInto(DELIVERY)
                        .set(ID, Ids.next())
                        .set(INCIDENT, incident.id())
                        .set(CHANNEL, channel)
                        .set(FAULT, fault)
                        .set(EVENT, message.event().word())
                        .set(MESSAGE, JSON.writeValueAsString(message))
                        .set(DUE, message.at().toEpochMilli())
                        .set(ATTEMPTS, 0)
                        .onConflict(CHANNEL, EVENT, FAULT)
                        .doNothing()
                        .execute()
                == 1;
    }

    /// Channels an incident was told on.
    List<String> channels(DSLContext dsl, String incident) {
        return dsl.selectDistinct(CHANNEL)
                .from(DELIVERY)
                .where(INCIDENT.eq(incident))
                .fetch(CHANNEL);
    }

    List<String> channelsWithDue(Instant now) {
        return database.read(
                dsl ->
                        dsl.selectDistinct(CHANNEL)
                                .from(DELIVERY)
                                .where(DONE.isNull())
                                .and(DUE.le(now.toEpochMilli()))
                                .limit(CHANNELS_MAX)
                                .fetch(CHANNEL));
    }

    List<Delivery> due(String channel, Instant now) {
        return database.read(
                dsl ->
                        dsl.selectFrom(DELIVERY)
                                .where(CHANNEL.eq(channel))
                                .and(DONE.isNull())
                                .and(DUE.le(now.toEpochMilli()))
                                .orderBy(ID)
                                .limit(BATCH)
                                .fetch(DeliveryStore::delivery));
    }

    private static Delivery delivery(Record row) {
        return new Delivery(
                row.get(ID),
                row.get(INCIDENT),
                row.get(CHANNEL),
                JSON.readValue(row.get(MESSAGE), Message.class),
                row.get(ATTEMPTS));
    }

    /// Notes what came of sending some of them as one.
    ///
    /// @param retry when to try again; null when it is settled
    void settle(
            DSLContext dsl,
            List<Delivery> sent,
            Answer answer,
            @Nullable Instant retry,
            Instant now) {
        List<String> ids = sent.stream().map(Delivery::id).toList();
        dsl.update(DELIVERY)
                .set(ATTEMPTS, ATTEMPTS.plus(1))
                .set(DONE, retry == null ? (Long) now.toEpochMilli() : null)
                .set(DUE, retry == null ? now.toEpochMilli() : retry.toEpochMilli())
                .set(OK, answer.ok() ? 1 : 0)
                .set(ANSWER, (answer.status() + " " + answer.text()).strip())
                .where(ID.in(ids))
                .execute();
    }

    List<Told> told(String incident) {
        return database.read(
                dsl ->
                        dsl.selectFrom(DELIVERY)
                                .where(INCIDENT.eq(incident))
                                .orderBy(ID)
                                .limit(BATCH)
                                .fetch(DeliveryStore::told));
    }

    private static Told told(Record row) {
        Long done = row.get(DONE);
        Integer ok = row.get(OK);
        String answer = row.get(ANSWER);
        return new Told(
                row.get(CHANNEL),
                row.get(EVENT),
                done == null ? null : Instant.ofEpochMilli(done),
                ok != null && ok == 1,
                answer == null ? "" : answer);
    }

    /// Takes a channel for a while.
    ///
    /// @return when messages were sent on it within the last minute; empty when another server
    ///     has it
    Optional<List<Instant>> take(String channel, String holder, Instant now, Duration lease) {
        return database.write(
                dsl -> {
                    dsl.insertInto(PACE)
                            .set(CHANNEL, channel)
                            .set(HOLDER, "")
                            .set(LEASE, 0L)
                            .set(SENDS, "")
                            .onConflict(CHANNEL)
                            .doNothing()
                            .execute();
                    int taken =
                            dsl.update(PACE)
                                    .set(HOLDER, holder)
                                    .set(LEASE, now.plus(lease).toEpochMilli())
                                    .where(CHANNEL.eq(channel))
                                    .and(LEASE.lt(now.toEpochMilli()).or(HOLDER.eq(holder)))
                                    .execute();
                    if (taken == 0) {
                        return Optional.empty();
                    }
                    String sends =
                            dsl.select(SENDS).from(PACE).where(CHANNEL.eq(channel)).fetchOne(SENDS);
                    return Optional.of(times(sends));
                });
    }

    private static List<Instant> times(@Nullable String text) {
        return text == null || text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(",", -1))
                        .map(millis -> Instant.ofEpochMilli(Long.parseLong(millis)))
                        .toList();
    }

    void sends(DSLContext dsl, String channel, List<Instant> times) {
        String text =
                times.stream()
                        .map(time -> String.valueOf(time.toEpochMilli()))
                        .collect(Collectors.joining(","));
        dsl.update(PACE).set(SENDS, text).where(CHANNEL.eq(channel)).execute();
    }

    void release(DSLContext dsl, String channel, String holder) {
        dsl.update(PACE)
                .set(LEASE, 0L)
                .set(HOLDER, "")
                .where(CHANNEL.eq(channel))
                .and(HOLDER.eq(holder))
                .execute();
    }
}
