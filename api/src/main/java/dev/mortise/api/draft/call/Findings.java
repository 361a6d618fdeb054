package dev.mortise.api.draft.call;

import dev.mortise.api.draft.call.Finding.Kind;
import dev.mortise.spi.option.Place;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Collects findings, each once. Beyond the limit they are counted, and the last says how many.
public final class Findings {
    public static final int FINDINGS_MAX = 2_000;

    private final Set<Finding> found = new LinkedHashSet<>();
    private int beyond;

    public void secret(Place place, String message, String fix) {
        add(Kind.SECRET, place, message, fix);
    }

    public void fillIn(Place place, String message, String fix) {
        add(Kind.FILL_IN, place, message, fix);
    }

    public void leftOut(Place place, String message, String fix) {
        add(Kind.LEFT_OUT, place, message, fix);
    }

    public void guessed(Place place, String message) {
        add(Kind.GUESSED, place, message, "check it");
    }

    private void add(Kind kind, Place place, String message, String fix) {
        add(new Finding(kind, place.toString(), message, fix));
    }

    void add(Finding finding) {
        if (found.size() < FINDINGS_MAX) {
            found.add(finding);
        } else if (!found.contains(finding)) {
            beyond++;
        }
    }

    public List<Finding> all() {
        List<Finding> all = new ArrayList<>(found);
        if (beyond > 0) {
            String message = beyond + " more findings are not listed";
            all.add(new Finding(Kind.LEFT_OUT, "", message, "import a part of the document"));
        }
        return all;
    }
}
