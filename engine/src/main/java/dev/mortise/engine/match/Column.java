package dev.mortise.engine.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A column made ready for comparing: its name and comment read once.
///
/// @param bare the name in lower case without prefix, letters and digits only
/// @param letters what may be pinyin in the name; empty when it surely is none
/// @param names what the name may mean, the likeliest first
/// @param comments what the comment means; empty without one
/// @param sounds how its meaning would be written in pinyin
/// @param concepts every concept its name or comment may speak of
/// @param at its place among its columns, from 0 to 1; -1 among so few that it tells nothing
record Column(
        FieldProfile profile,
        String bare,
        String letters,
        List<Reading> names,
        List<Reading> comments,
        List<Sounds> sounds,
        Patterns patterns,
        Set<String> concepts,
        double at) {

    List<Reading> readings() {
        List<Reading> all = new ArrayList<>(names);
        all.addAll(comments);
        return all;
    }
}
