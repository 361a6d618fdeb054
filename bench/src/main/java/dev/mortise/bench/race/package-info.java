/// The measuring itself: contenders take turns, floors stand on either side, equal output is
/// asserted, every run becomes a record.
@NullMarked
package dev.mortise.bench.race;

import org.jspecify.annotations.NullMarked;
