package dev.mortise.connectors.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The foreign keys of a table as it defines them, without their names.
final class ForeignKeys {
    private static final Pattern LINE =
            Pattern.compile(
                    "^\\s*CONSTRAINT `(?:[^`]|``)*` (FOREIGN KEY .*?),?$", Pattern.MULTILINE);

    private ForeignKeys() {}

    static List<String> of(Connection connection, TableName name) throws SQLException {
        List<String> keys = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show create table " + name.sql())) {
            row.next();
            Matcher line = LINE.matcher(row.getString(2));
            while (line.find()) {
                keys.add(line.group(1));
            }
        }
        return keys;
    }
}
