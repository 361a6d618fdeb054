/// Steps from batches to batches; the expression language is DuckDB SQL.
@NullMarked
package dev.mortise.engine.operator;

import org.jspecify.annotations.NullMarked;
