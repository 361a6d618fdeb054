package dev.mortise.spi.type;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An ordered list of fields with distinct names. Names are compared as they are spelt.
public final class Schema {
    private final List<Field> fields;
    private final Map<String, Integer> places;

    /// @throws IllegalArgumentException when two fields share a name
    public Schema(List<Field> fields) {
        this.fields = List.copyOf(fields);
        this.places = HashMap.newHashMap(fields.size());
        for (int i = 0; i < this.fields.size(); i++) {
            if (places.put(this.fields.get(i).name(), i) != null) {
                throw new IllegalArgumentException(
                        "two columns are called '" + this.fields.get(i).name() + "'");
            }
        }
    }

    public static Schema of(Field... fields) {
        return new Schema(List.of(fields));
    }

    public List<Field> fields() {
        return fields;
    }

    public Field field(int place) {
        return fields.get(place);
    }

    public int size() {
        return fields.size();
    }

    public List<String> names() {
        return fields.stream().map(Field::name).toList();
    }

    /// The place of a column, or -1.
    public int indexOf(String name) {
        return places.getOrDefault(name, -1);
    }

    public boolean has(String name) {
        return places.containsKey(name);
    }

    public Optional<Field> find(String name) {
        return Optional.ofNullable(places.get(name)).map(fields::get);
    }

    /// The named columns, in the order asked for.
    ///
    /// @throws IllegalArgumentException when a column is missing
    public Schema project(List<String> names) {
        return new Schema(
                names.stream().map(name -> find(name).orElseThrow(() -> missing(name))).toList());
    }

    private IllegalArgumentException missing(String name) {
        return new IllegalArgumentException("no column '" + name + "' among " + names());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Schema that && fields.equals(that.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    @Override
    public String toString() {
        return fields.toString();
    }
}
