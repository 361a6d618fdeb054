package dev.mortise.api.draft.call;

import dev.mortise.spi.option.Tree;
import dev.mortise.spi.type.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A dataset of the draft. Of `read` and `write` it has one: a call either fetches records or
/// takes rows.
///
/// @param title what the document calls it; a comment in the definition
/// @param params what the definition sends, holes of the path among them
/// @param body the template of a reading call's body
/// @param wire in which forms body and answer travel
/// @param given values that only a row has: such a call is asked row by row
/// @param records where the records of a reading call stand: `$.data.items`
/// @param paging how the records are handed out page by page
/// @param write how rows are sent; empty when the resource is read
/// @param soap the operation that is called; empty when the resource speaks JSON
/// @param notes comments: optional parameters, and reasons of what was concluded
public record Resource(
        String name,
        String title,
        String method,
        String path,
        Map<String, String> params,
        Map<String, String> headers,
        Optional<Tree> body,
        Wire wire,
        List<String> given,
        String records,
        Optional<Paging> paging,
        List<Column> columns,
        List<String> key,
        Optional<Write> write,
        Optional<Soap> soap,
        List<String> notes) {
    /// @param wsdl the file that describes the service
    /// @param operation its id there
    public record Soap(String wsdl, String operation) {}

    /// In which form a body is sent, and in which one answers come.
    ///
    /// @param single whether a record is a single value rather than an object
    public record Wire(Media sends, Media answers, boolean single) {}

    public Resource {
        given = List.copyOf(given);
        params = Maps.copy(params);
        headers = Maps.copy(headers);
        columns = List.copyOf(columns);
        key = List.copyOf(key);
        notes = List.copyOf(notes);
    }

    /// The same resource, as an operation of a service.
    ///
    /// @param address path of the service; empty when that is the base address
    public Resource of(Soap called, String address) {
        return new Resource(
                name,
                title,
                method,
                address,
                params,
                headers,
                body,
                wire,
                given,
                records,
                paging,
                columns,
                key,
                write,
                Optional.of(called),
                notes);
    }

    /// @param path names that lead from the record to the value, joined by dots
    public record Column(String name, Type type, String path, String title) {}

    /// @param words the words of `paging` in order, `kind` first
    /// @param reasons why, one for each conclusion
    public record Paging(Map<String, String> words, List<String> reasons) {
        public Paging {
            words = Maps.copy(words);
            reasons = List.copyOf(reasons);
        }
    }

    /// @param many whether the body is an array of rows
    /// @param wrap where in the body the row or the array stands; `$` when it is the body
    /// @param files the columns that are sent as files
    /// @param without columns that only the address needs
    public record Write(boolean many, String wrap, List<String> files, List<String> without) {
        public Write {
            files = List.copyOf(files);
            without = List.copyOf(without);
        }
    }
}
