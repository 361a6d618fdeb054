/// What connectors over JDBC share, and the general connector for every other database.
@NullMarked
package dev.mortise.connectors.jdbc;

import org.jspecify.annotations.NullMarked;
