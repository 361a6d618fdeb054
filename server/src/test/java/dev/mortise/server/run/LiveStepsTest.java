package dev.mortise.server.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.mortise.engine.run.Receipt;
import dev.mortise.engine.run.StepCounts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class LiveStepsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final StepCounts FIVE = new StepCounts(5, 5, 0, 40);

    /// `in` and `map` feed `out`; `other` and `late` are a road of their own.
    private static LiveSteps steps() {
        Map<String, String> kinds = new LinkedHashMap<>();
        kinds.put("in", "read");
        kinds.put("map", "mapping");
        kinds.put("out", "write");
        kinds.put("other", "read");
        kinds.put("late", "write");
        return new LiveSteps(kinds, Map.of("out", Set.of("in", "map"), "late", Set.of("other")));
    }

    private static Receipt receipt(Receipt.State state, Map<String, StepCounts> counts) {
        return new Receipt("f", "r", state, 1, false, counts, Optional.empty(), List.of());
    }

    private static String states(LiveSteps steps) {
        StringBuilder states = new StringBuilder();
        for (JsonNode step : JSON.readTree(steps.json())) {
            states.append(step.path("state").asString()).append(' ');
        }
        return states.toString().strip();
    }

    @Test
    void tellsOfItsStepsBeforeOneBegins() {
        assertNotNull(steps().changes());
    }

    @Test
    void beginsAndEndsWhatFeedsAWriteStepWithIt() {
        LiveSteps steps = steps();
        steps.begins("out", 5);
        assertEquals("running running running waiting waiting", states(steps));
        steps.finished("out", Map.of("in", FIVE, "map", FIVE, "out", FIVE));
        assertEquals("succeeded succeeded succeeded waiting waiting", states(steps));
        for (JsonNode step : JSON.readTree(steps.json())) {
            boolean own = !step.path("state").asString().equals("waiting");
            assertEquals(own, step.path("started_at").isString(), step.toString());
            assertEquals(own, step.path("ended_at").isString(), step.toString());
        }
        assertEquals(new Run.Rows(5, 5, 0), steps.rows(), "written once, whatever it goes through");
    }

    @Test
    void saysWhatWasCancelledAndWhatNeverBegan() {
        LiveSteps steps = steps();
        steps.begins("out", 5);
        Map<String, StepCounts> none = Map.of("in", FIVE, "out", FIVE, "late", FIVE);
        steps.settle(receipt(Receipt.State.FAILED, none), LiveSteps.CANCELLED);
        assertEquals("cancelled cancelled cancelled waiting waiting", states(steps));
    }
}
