package dev.mortise.engine.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The statements of a program, over a feed.
///
/// @param rows SQL that gives the arriving rows in their types and names
record Statements(Program program, String rows) {

    /// All formulas, for the rows that meet the condition.
    String all() {
        List<Formula> formulas = program.formulas();
        StringBuilder packed = new StringBuilder("select " + Names.quoted(Names.ROW));
        StringBuilder values = new StringBuilder(packed);
        for (int i = 0; i < formulas.size(); i++) {
            packed.append(", ").append(formulas.get(i).result().packed("v" + i));
            values.append(", ").append(formulas.get(i).value()).append(" as v").append(i);
        }
        return packed + " from (" + values + source() + condition() + ") as computed";
    }

    /// One formula, for every row: its row is known to meet the condition or to fail in it.
    String alone(int formula) {
        return "select %s, %s from (select %s, %s as v%s) as computed"
                .formatted(
                        Names.quoted(Names.ROW),
                        program.formulas().get(formula).result().packed("v"),
                        Names.quoted(Names.ROW),
                        program.formulas().get(formula).value(),
                        source());
    }

    /// The numbers of the rows of which something may fail.
    String suspects() {
        List<String> tried = new ArrayList<>();
        program.condition().ifPresent(c -> tried.add(tried(Formula.enclosed(c))));
        for (Formula formula : program.formulas()) {
            tried.add(tried(formula.result().packed(formula.value())));
        }
        String any = tried.stream().collect(Collectors.joining(" or "));
        return "select " + Names.quoted(Names.ROW) + source() + " where " + any;
    }

    private static String tried(String value) {
        return "try(" + value + ") is null";
    }

    private String source() {
        return " from (" + rows + ") as " + Names.quoted(program.from());
    }

    private String condition() {
        return program.condition().map(c -> " where " + Formula.enclosed(c)).orElse("");
    }
}
