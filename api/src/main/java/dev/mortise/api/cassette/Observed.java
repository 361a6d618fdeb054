package dev.mortise.api.cassette;

import java.util.LinkedHashMap;
import java.util.Map;

/// A contract as answers show it: what no document of the vendor says, or says otherwise.
///
/// @param records how many were looked at
/// @param repeated rows whose key an earlier row had
/// @param fields by where they stand in a record: `customer.name`, `lines[].sku`
/// @param envelope the same of what stands around the records, from the page's root: `$.total`
/// @param notices headers that announce a change, such as `sunset`, with their values
public record Observed(
        long records,
        long repeated,
        Map<String, Facet> fields,
        Map<String, Facet> envelope,
        Map<String, String> notices) {
    public Observed {
        fields = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        envelope = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(envelope));
        notices = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(notices));
    }
}
