package dev.mortise.api.answer;

import dev.mortise.spi.option.Place;
import dev.mortise.spi.option.Tree;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;

/// The tree of a pack. Packs are ours: what is wrong with one is our mistake, found by a test.
final class PackYaml {
    private final String file;
    private final Iterator<Event> events;

    private PackYaml(String file, String text) {
        this.file = file;
        LoadSettings settings = LoadSettings.builder().setLabel(file).build();
        this.events = new Parse(settings).parseString(text).iterator();
    }

    static Tree read(String file, String text) {
        PackYaml yaml = new PackYaml(file, text);
        Event event = yaml.events.next();
        while (event.getEventId() == Event.ID.StreamStart
                || event.getEventId() == Event.ID.DocumentStart) {
            event = yaml.events.next();
        }
        return yaml.node(event);
    }

    private Tree node(Event event) {
        Place place = place(event);
        return switch (event) {
            case ScalarEvent scalar -> new Tree.Leaf(scalar.getValue(), !scalar.isPlain(), place);
            case SequenceStartEvent _ -> {
                List<Tree> items = new ArrayList<>();
                for (Event next = events.next();
                        next.getEventId() != Event.ID.SequenceEnd;
                        next = events.next()) {
                    items.add(node(next));
                }
                yield new Tree.Items(items, place);
            }
            case MappingStartEvent _ -> entries(place);
            default -> throw new IllegalStateException(place + ": unexpected " + event);
        };
    }

    private Tree entries(Place place) {
        Map<String, Tree> entries = new LinkedHashMap<>();
        Map<String, Place> names = new LinkedHashMap<>();
        for (Event next = events.next();
                next.getEventId() != Event.ID.MappingEnd;
                next = events.next()) {
            String name = ((ScalarEvent) next).getValue();
            names.put(name, place(next));
            if (entries.put(name, node(events.next())) != null) {
                throw new IllegalStateException(place + ": '" + name + "' stands twice");
            }
        }
        return new Tree.Entries(entries, names, place);
    }

    private Place place(Event event) {
        return event.getStartMark()
                .map(mark -> new Place(file, mark.getLine() + 1, mark.getColumn() + 1))
                .orElse(Place.NOWHERE);
    }
}
