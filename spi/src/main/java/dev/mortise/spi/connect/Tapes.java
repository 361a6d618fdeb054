package dev.mortise.spi.connect;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The role of a connector whose conversations can be kept, and be had again without its system.
/// What is kept is what was meant: requests before they are signed, answers once they are verified
/// and opened, and no secret of the connection in either.
public interface Tapes extends Connector {
    /// The same connection, which keeps what it asks and what it is answered.
    ///
    /// @param pages of a dataset that are read at most; reading ends behind them
    Recorder recorder(int pages);

    /// The same connection, answered by what was kept: nobody is called, no turn is waited for,
    /// nothing is counted. What was not kept is a problem that names the nearest that was.
    Reads player(Conversation kept, Listener listener);

    /// Scheme, host and port of its system, such as `https://shop.example`. Links to it are the
    /// same wherever it stands.
    String origin();

    /// Where in a record each column of a dataset stands: names with dots between, `[]` behind one
    /// that holds several. Columns that stand in no record are left out.
    Map<String, String> places(Dataset dataset);

    /// Reads, and keeps how. Closed by whoever asked for it.
    interface Recorder extends Reads {
        /// What was kept until now.
        Conversation conversation();
    }

    /// Hears what a player reads, in order.
    interface Listener {
        /// A page was opened.
        ///
        /// @param records path to where its records stand, such as `$.data.items`; empty when the
        ///     body is no JSON
        void page(String dataset, String records, Answered answer);

        /// A record of the page opened last, as a JSON value.
        void record(String json);
    }

    /// What was asked and answered, in order.
    ///
    /// @param at the moment it took place at, as far as requests speak of time
    /// @param pages of a dataset that were read at most
    record Conversation(Instant at, int pages, List<Exchange> exchanges) {
        public Conversation {
            exchanges = List.copyOf(exchanges);
        }
    }

    record Exchange(Asked asked, Answered answered) {}

    /// A request without what signs in.
    ///
    /// @param address path and query below the connection's own host, or a whole address
    // Bodies are handed on, never compared.
    @SuppressWarnings("ArrayRecordComponent")
    record Asked(String method, String address, Map<String, String> headers, byte[] body) {
        public Asked {
            headers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        }
    }

    /// An answer.
    ///
    /// @param headers those that paging and formats look at, in lower case
    @SuppressWarnings("ArrayRecordComponent")
    record Answered(int status, Map<String, String> headers, byte[] body) {
        public Answered {
            headers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        }
    }
}
