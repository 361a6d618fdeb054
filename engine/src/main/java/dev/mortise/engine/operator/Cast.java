package dev.mortise.engine.operator;

import dev.mortise.engine.operator.cast.CastFailures;
import dev.mortise.engine.operator.cast.CastKernel;
import dev.mortise.engine.operator.cast.CastLoss;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Loss;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Converts batches from the types of one schema to those of another, column by column in their
/// order. A value arrives exactly or its row is rejected; only a way that [#loss] calls lossy
/// bends values, and then as its reason says. Knows no DuckDB.
public final class Cast implements RowOperator {
    private final Schema to;
    private final CastKernel[] kernels;

    private Cast(Schema to, CastKernel[] kernels) {
        this.to = to;
        this.kernels = kernels;
    }

    /// What converts batches, or empty when they have the types already. Names, nullability and
    /// comments come from `to`.
    ///
    /// @throws ProblemException TYPE_MISMATCH when there is no way for a column; [#loss] tells
    // before
    public static Optional<RowOperator> between(Schema from, Schema to) {
        if (from.size() != to.size()) {
            throw new IllegalArgumentException(
                    "expected %d columns to convert to, got %d".formatted(from.size(), to.size()));
        }
        boolean same = true;
        CastKernel[] kernels = new CastKernel[to.size()];
        for (int i = 0; i < kernels.length; i++) {
            kernels[i] = kernel(from.field(i).type(), to.field(i));
            same &= from.field(i).type().equals(to.field(i).type());
        }
        return same ? Optional.empty() : Optional.of(new Cast(to, kernels));
    }

    private static CastKernel kernel(Type from, Field to) {
        Loss loss = loss(from, to.type());
        if (loss.kind() == Loss.Kind.UNSUPPORTED) {
            throw ProblemException.of(
                    ProblemCode.TYPE_MISMATCH,
                    "column '" + to.name() + "': " + loss.reason(),
                    "convert it in a map step");
        }
        return CastKernel.of(from, to.type());
    }

    /// What becomes of values between two types.
    public static Loss loss(Type from, Type to) {
        return CastLoss.of(from, to);
    }

    @Override
    public Schema schema() {
        return to;
    }

    @Override
    public @Nullable Batch apply(Batch batch, Rejects rejects) {
        CastFailures failures = new CastFailures();
        Column[] columns = new Column[kernels.length];
        for (int i = 0; i < kernels.length; i++) {
            failures.column(to.field(i));
            columns[i] = kernels[i].cast(batch.column(i), batch.rows(), failures);
        }
        Batch cast = new Batch(to, columns, batch.rows());
        if (failures.isEmpty()) {
            return cast;
        }
        failures.reject(batch, rejects);
        int[] good =
                IntStream.range(0, batch.rows()).filter(row -> !failures.contains(row)).toArray();
        return good.length == 0 ? null : cast.select(good, good.length);
    }
}
