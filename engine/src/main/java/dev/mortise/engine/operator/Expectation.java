package dev.mortise.engine.operator;

import dev.mortise.engine.flow.Step;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.IntColumn;
import dev.mortise.spi.batch.RowJson;
import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Checks every row against rules. A row that breaks several is rejected once, for the first.
final class Expectation implements RowOperator {
    private static final int NONE = -1;

    private final List<Step.Rule> rules;
    private final Computation computation;
    private final ConditionPlan plan;

    Expectation(List<Step.Rule> rules, Computation computation, ConditionPlan plan) {
        this.rules = List.copyOf(rules);
        this.computation = computation;
        this.plan = plan;
    }

    @Override
    public Schema schema() {
        return plan.input();
    }

    @Override
    public @Nullable Batch apply(Batch batch, Rejects rejects) {
        Computation.Result result = computation.apply(batch, rejects);
        int[] kept = new int[result.count()];
        int count = 0;
        for (int i = 0; i < result.count(); i++) {
            int broken = firstBroken(result, i);
            if (broken == NONE) {
                kept[count++] = result.rows()[i];
            } else {
                refuse(rules.get(broken), batch, result.rows()[i], rejects);
            }
        }
        if (rejects instanceof Warnings warnings) {
            warn(result, warnings);
        }
        if (count == 0) {
            return null;
        }
        return count == batch.rows() ? batch : batch.select(kept, count);
    }

    private int firstBroken(Computation.Result result, int row) {
        for (int rule = 0; rule < rules.size(); rule++) {
            if (rules.get(rule).otherwise() != Step.Rule.Otherwise.WARN
                    && !holds(result, rule, row)) {
                return rule;
            }
        }
        return NONE;
    }

    private static boolean holds(Computation.Result result, int rule, int row) {
        return ((IntColumn) result.column(rule)).value(row) != 0;
    }

    private void refuse(Step.Rule rule, Batch batch, int row, Rejects rejects) {
        Problem problem =
                Problem.of(
                                ProblemCode.RULE_BROKEN,
                                "expected '" + rule.text() + "'",
                                "mend the row, or change the rule")
                        .at(plan.place());
        if (rule.otherwise() == Step.Rule.Otherwise.FAIL) {
            throw new ProblemException(problem);
        }
        rejects.reject(
                new RejectedRow(problem, rule.column().orElse(null), RowJson.of(batch, row)));
    }

    private void warn(Computation.Result result, Warnings warnings) {
        for (int rule = 0; rule < rules.size(); rule++) {
            if (rules.get(rule).otherwise() != Step.Rule.Otherwise.WARN) {
                continue;
            }
            long broken = 0;
            for (int i = 0; i < result.count(); i++) {
                broken += holds(result, rule, i) ? 0 : 1;
            }
            if (broken > 0) {
                warnings.broken(rules.get(rule), broken);
            }
        }
    }

    @Override
    public void close() {
        computation.close();
    }
}
