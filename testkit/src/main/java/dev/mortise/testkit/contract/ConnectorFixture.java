package dev.mortise.testkit.contract;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Connector;
import dev.mortise.spi.connect.ConnectorFactory;
import dev.mortise.spi.connect.Reads;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.option.Settings;
import dev.mortise.spi.type.Schema;
import java.util.List;

/// What the contracts need to know about a system: how to connect, how to put rows there and how
/// to look at them. [#seed] and [#readBack] best go past the connector, lest its mistakes in
/// reading and in writing hide each other.
public interface ConnectorFixture {
    ConnectorFactory factory();

    /// Settings of a connection that works, as [TestSettings#of] makes them.
    Settings settings();

    /// Makes a dataset with these columns, this key and these rows, in place of any of that name.
    /// A field's native type, when it has one, says how the column is declared; a field that is not
    /// nullable is declared so.
    void seed(String dataset, Schema schema, List<String> key, List<Batch> rows);

    /// Removes a dataset if it is there.
    void drop(String dataset);

    /// The full name of a dataset for a word: `public.orders`, `orders.csv`.
    default String dataset(String word) {
        return word;
    }

    /// The columns of the contracts' own rows: those of [Samples#SCHEMA] that the system keeps with
    /// their type. `id` and `name` must be among them.
    default Schema sampleSchema() {
        return Samples.SCHEMA;
    }

    default Connector open() {
        return factory().open(settings());
    }

    /// All rows of a dataset, whatever their order.
    default List<Batch> readBack(String dataset) {
        try (Connector connector = open()) {
            Reads reads = (Reads) connector;
            return Reading.batches(reads, reads.describe(dataset), Scan.ALL);
        }
    }

    /// Makes a dataset with the sample rows of the ids from `first` up to and without `end`.
    default String seedSamples(String word, long first, long end) {
        String dataset = dataset(word);
        seed(dataset, sampleSchema(), List.of("id"), Samples.batches(sampleSchema(), first, end));
        return dataset;
    }
}
