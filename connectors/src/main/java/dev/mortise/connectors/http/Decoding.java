package dev.mortise.connectors.http;

import dev.mortise.api.page.Keys;
import dev.mortise.api.page.RowDecoder;
import dev.mortise.api.page.TimeForm;
import dev.mortise.api.paging.Paging;
import dev.mortise.connectors.http.Resource.Column;
import dev.mortise.connectors.http.Resource.Read;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where the columns of a scan stand: in a record, in the record around it, or in neither.
///
/// @param carried paths in the record around a row
/// @param each the column that holds the value of `for_each`; -1 when none does
record Decoding(RowDecoder.Layout layout, List<List<String>> carried, int each, Keys keys) {
    /// @param schema the columns that are decoded
    static Decoding of(Resource resource, Schema schema) {
        Read read = resource.read().orElseThrow();
        Map<String, List<String>> parent = read.shape().parent();
        List<List<String>> paths = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        List<List<String>> carried = new ArrayList<>();
        for (Field field : schema.fields()) {
            List<String> around = parent.get(field.name());
            if (around != null) {
                places.add(paths.size());
                carried.add(around);
            }
            paths.add(path(resource, field.name()));
        }
        int each = read.around().forEach().map(from -> place(schema, from.as())).orElse(-1);
        if (each >= 0 && !places.contains(each)) {
            places.add(each);
        } else {
            each = -1;
        }
        RowDecoder.Layout layout =
                new RowDecoder.Layout(
                        paths, read.shape().fields(), places, times(resource, schema));
        return new Decoding(layout, carried, each, keys(resource, read));
    }

    private static Map<Integer, TimeForm> times(Resource resource, Schema schema) {
        Map<Integer, TimeForm> times = new HashMap<>();
        for (Column column : resource.columns()) {
            if (schema.has(column.name())) {
                times.put(schema.indexOf(column.name()), column.form());
            }
        }
        return times;
    }

    private static int place(Schema schema, String column) {
        return schema.has(column) ? schema.indexOf(column) : -1;
    }

    /// Keys are those of records: of rows within them it is not known here that they differ.
    private static Keys keys(Resource resource, Read read) {
        boolean looks = read.shape().each().isEmpty() && !(read.paging() instanceof Paging.None);
        List<List<String>> key =
                looks
                        ? resource.key().stream().map(name -> path(resource, name)).toList()
                        : List.of();
        return new Keys(key, read.paging().after());
    }

    /// The names that lead from a record to the value of a column.
    static List<String> path(Resource resource, String name) {
        Optional<Column> pinned =
                resource.columns().stream().filter(c -> c.name().equals(name)).findFirst();
        return pinned.map(Column::path).orElse(List.of(name));
    }
}
