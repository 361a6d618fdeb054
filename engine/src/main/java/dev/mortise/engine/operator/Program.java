package dev.mortise.engine.operator;

import java.util.List;
import java.util.Optional;

/// What a step wants of DuckDB for each row.
///
/// @param from the name under which expressions may qualify the arriving columns
/// @param condition rows for which it is not true are left out
/// @param place the step's place in its document
record Program(String from, List<Formula> formulas, Optional<String> condition, String place) {
    Program {
        formulas = List.copyOf(formulas);
    }
}
