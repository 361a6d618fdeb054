package dev.mortise.engine.match;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes profiles of the columns of a dataset.
public final class Profiles {
    private static final Pattern LENGTH = Pattern.compile("(?i).*char[^(]*\\((\\d{1,9})\\).*");

    /// A longer value tells nothing more.
    private static final int VALUE_LENGTH_MAX = 100;

    private Profiles() {}

    /// @param sample batches with the dataset's columns by name; may be empty
    public static List<FieldProfile> of(Dataset dataset, List<Batch> sample) {
        return dataset.schema().fields().stream()
                .map(field -> profile(field, dataset.key().contains(field.name()), sample))
                .toList();
    }

    private static FieldProfile profile(Field field, boolean key, List<Batch> sample) {
        // Without a native type there is no catalogue: then the note is the connector's own, such
        // as
        // how it guessed the type, and the same on many columns.
        String noted = field.comment() == null ? "" : field.comment();
        String comment = field.nativeType() == null ? "" : noted;
        return new FieldProfile(
                field.name(),
                field.type(),
                field.nullable(),
                key,
                comment,
                length(field.nativeType()),
                values(field.name(), sample),
                field.filled());
    }

    private static int length(@Nullable String nativeType) {
        Matcher matcher = LENGTH.matcher(nativeType == null ? "" : nativeType);
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
    }

    private static List<String> values(String name, List<Batch> sample) {
        List<String> values = new ArrayList<>();
        for (Batch batch : sample) {
            int place = batch.schema().indexOf(name);
            for (int row = 0; place >= 0 && row < batch.rows(); row++) {
                if (values.size() < FieldProfile.SAMPLES_MAX && !batch.column(place).isNull(row)) {
                    String text = Cell.text(batch.field(place).type(), batch.column(place), row);
                    values.add(text.substring(0, Math.min(VALUE_LENGTH_MAX, text.length())));
                }
            }
        }
        return values;
    }
}
