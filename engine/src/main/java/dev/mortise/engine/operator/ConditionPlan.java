package dev.mortise.engine.operator;

import dev.mortise.engine.flow.Step;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Plans the steps that look at rows and leave their columns alone: where and expect.
///
/// @param from the name by which conditions may qualify columns
record ConditionPlan(Database database, String from, String place, Schema input) {

    Planned<RowOperator> where(String condition) {
        List<Problem> problems = new ArrayList<>();
        try (Planner planner = new Planner(database, input, from, place)) {
            check(planner, condition, "", problems);
        }
        Program program = new Program(from, List.of(), Optional.of(condition), place);
        return new Planned<>(
                input,
                problems,
                () -> through().computing(new Computation(database, input, program)));
    }

    private Layout through() {
        return new Layout(
                input,
                IntStream.range(0, input.size())
                        .<Layout.Pick>mapToObj(Layout.Arriving::new)
                        .toList());
    }

    Planned<RowOperator> expect(List<Step.Rule> rules) {
        List<Problem> problems = new ArrayList<>();
        List<Program.Formula> formulas = new ArrayList<>();
        try (Planner planner = new Planner(database, input, from, place)) {
            for (Step.Rule rule : rules) {
                rule.column().ifPresent(column -> requireColumn(column, problems));
                check(planner, rule.condition(), "rule '" + rule.text() + "': ", problems);
                formulas.add(formula(rule));
            }
        }
        Program program = new Program(from, formulas, Optional.empty(), place);
        return new Planned<>(
                input,
                problems,
                () -> new Expectation(rules, new Computation(database, input, program), this));
    }

    private static Program.Formula formula(Step.Rule rule) {
        ResultType bool = ResultType.of("BOOLEAN");
        String name = rule.column().orElse("");
        return new Program.Formula(
                Program.Formula.enclosed(rule.condition()) + " is true",
                bool,
                Field.required(name, Scalar.BOOL));
    }

    private void requireColumn(String column, List<Problem> problems) {
        if (!input.has(column)) {
            problems.add(
                    Problem.of(
                                    ProblemCode.COLUMN_MISSING,
                                    "no column '" + column + "' arrives here",
                                    Nearest.fix(column, input.names()))
                            .at(place));
        }
    }

    private void check(Planner planner, String sql, String subject, List<Problem> problems) {
        planner.type(sql, subject, problems)
                .filter(result -> result.type() != Scalar.BOOL)
                .ifPresent(
                        result ->
                                problems.add(
                                        Problem.of(
                                                        ProblemCode.EXPRESSION_INVALID,
                                                        subject
                                                                + "expected a condition, got "
                                                                + result.type().text(),
                                                        "compare it with something")
                                                .at(place)));
    }
}
