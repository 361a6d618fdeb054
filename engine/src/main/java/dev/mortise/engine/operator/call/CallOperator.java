package dev.mortise.engine.operator.call;

import dev.mortise.engine.flow.Step;
import dev.mortise.engine.operator.RowOperator;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.RowJson;
import dev.mortise.spi.connect.Calls;
import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.problem.Fault;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Schema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Asks an API about each row of a batch, a few at a time, and adds what it answers. Where answers
/// are remembered, rows that ask for the same are asked for once. A refused row is set aside; any
/// other failure ends the part, which is then read again: a call that writes may be made twice.
final class CallOperator implements RowOperator {
    private static final Duration CALL_MAX = Duration.ofSeconds(30);

    private final Step.Call step;
    private final Calls calls;
    private final CallPlan.Shape shape;
    private final Answers answers;
    private final Semaphore turns;
    private final boolean shares;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    CallOperator(Step.Call step, Calls calls, CallPlan.Shape shape, int remembered) {
        this.step = step;
        this.calls = calls;
        this.shape = shape;
        this.answers = new Answers(remembered);
        this.turns = new Semaphore(step.concurrency());
        this.shares = remembered > 0;
    }

    @Override
    public Schema schema() {
        return shape.schema();
    }

    /// What a row asks, and what came of it.
    private record Asked(Map<String, String> values, Future<Batch> answer) {}

    @Override
    public @Nullable Batch apply(Batch batch, Rejects rejects) {
        List<Asked> asked = ask(batch);
        try {
            return answered(batch, asked, rejects);
        } finally {
            // After a failure the others are not begun.
            asked.forEach(each -> each.answer.cancel(true));
        }
    }

    private @Nullable Batch answered(Batch batch, List<Asked> asked, Rejects rejects) {
        int[] kept = new int[batch.rows()];
        List<Batch> found = new ArrayList<>();
        int count = 0;
        for (int row = 0; row < batch.rows(); row++) {
            Optional<Batch> answer = answer(asked.get(row), batch, row, rejects);
            if (answer.isPresent()) {
                kept[count++] = row;
                found.add(answer.get());
            }
        }
        return count == 0 ? null : joined(batch, kept, count, found);
    }

    private List<Asked> ask(Batch batch) {
        Map<Map<String, String>, Asked> open = new LinkedHashMap<>();
        List<Asked> all = new ArrayList<>(batch.rows());
        for (int row = 0; row < batch.rows(); row++) {
            Map<String, String> values = values(batch, row);
            Asked shared = shares ? open.get(values) : null;
            Asked asked = shared == null ? new Asked(values, begun(values)) : shared;
            open.putIfAbsent(values, asked);
            all.add(asked);
        }
        return all;
    }

    private Future<Batch> begun(Map<String, String> values) {
        Optional<Batch> known = answers.find(values);
        if (known.isPresent()) {
            return java.util.concurrent.CompletableFuture.completedFuture(known.get());
        }
        return threads.submit(
                () -> {
                    turns.acquire();
                    try {
                        return calls.call(step.dataset(), values, 1);
                    } finally {
                        turns.release();
                    }
                });
    }

    private Map<String, String> values(Batch batch, int row) {
        Map<String, String> values = new LinkedHashMap<>();
        shape.given()
                .forEach(
                        (name, place) -> {
                            Column column = batch.column(place);
                            if (!column.isNull(row)) {
                                values.put(name, Cell.text(batch.field(place).type(), column, row));
                            }
                        });
        return values;
    }

    /// The answer to a row; empty when the row was set aside.
    private Optional<Batch> answer(Asked asked, Batch batch, int row, Rejects rejects) {
        try {
            Batch answer = asked.answer.get();
            answers.keep(asked.values, answer);
            if (answer.rows() == 0 && step.absent() == Step.Call.Absent.REJECT) {
                throw new ProblemException(absent());
            }
            return Optional.of(answer);
        } catch (ExecutionException e) {
            reject(problem(e), batch, row, rejects);
        } catch (ProblemException e) {
            reject(e, batch, row, rejects);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(
                    Problem.of(ProblemCode.CANCELLED, "the run was cancelled during a call", ""),
                    e);
        }
        return Optional.empty();
    }

    private Problem absent() {
        return Problem.of(
                        ProblemCode.ROW_REFUSED,
                        "expected an answer of '%s.%s', it has none for this row"
                                .formatted(step.connection(), step.dataset()),
                        "mend the row, or leave 'absent' out to go on without")
                .at(step.place().toString());
    }

    private static ProblemException problem(ExecutionException e) {
        if (e.getCause() instanceof ProblemException problem) {
            return problem;
        }
        return new ProblemException(
                Problem.of(
                        ProblemCode.INTERNAL,
                        "unexpected during a call: " + e.getCause(),
                        "please report this"),
                e);
    }

    private void reject(ProblemException e, Batch batch, int row, Rejects rejects) {
        if (e.problem().fault() != Fault.ROW) {
            throw e;
        }
        rejects.reject(
                new RejectedRow(
                        e.problem().at(step.place().toString()), null, RowJson.of(batch, row)));
    }

    private Batch joined(Batch batch, int[] kept, int count, List<Batch> found) {
        Batch rows = count == batch.rows() ? batch : batch.select(kept, count);
        int arriving = batch.schema().size();
        Column[] columns = new Column[shape.schema().size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] =
                    i < arriving
                            ? rows.column(i)
                            : added(i, shape.taken().get(i - arriving), found);
        }
        return new Batch(shape.schema(), columns, count);
    }

    private Column added(int place, int taken, List<Batch> found) {
        var type = shape.schema().field(place).type();
        Column column = Column.of(type, found.size());
        for (int row = 0; row < found.size(); row++) {
            Batch answer = found.get(row);
            if (answer.rows() == 0 || answer.column(taken).isNull(0)) {
                column.setNull(row);
            } else {
                Cell.parse(type, Cell.text(type, answer.column(taken), 0), column, row);
            }
        }
        return column;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            boolean over = threads.awaitTermination(CALL_MAX.toSeconds(), TimeUnit.SECONDS);
            assert over : "a call outlived its interruption";
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
