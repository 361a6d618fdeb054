package dev.mortise.engine.flow;

import dev.mortise.spi.connect.WriteMode;
import dev.mortise.spi.option.Place;
import java.util.List;

/// `copy: {from: erp, include: ["sales.*"], to: warehouse, into: "ods_{schema}_{table}"}`.
///
/// @param include patterns of datasets, `*` for any run of characters; empty means all
/// @param into name of each target with `{schema}` and `{table}`
/// @param lossy whether lossy columns are allowed
public record Copy(
        String from,
        List<String> include,
        List<String> exclude,
        String to,
        String into,
        WriteMode mode,
        boolean lossy,
        Place place) {}
