package dev.mortise.connectors.mysql;

import dev.mortise.spi.type.Scalar;
import dev.mortise.testkit.contract.TypeCase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;

/// The connector keeps every contract on MariaDB.
@Tag("live")
final class MySqlConnectorTest implements MySqlFamilyContracts {
    private static final String ID = "f23e4567-e89b-12d3-a456-426614174000";

    @Override
    public MySqlFixture fixture() {
        return MySqlFixture.mariaDb(MySqlConnectorTest.class);
    }

    @Override
    public List<TypeCase> typeCases() {
        List<TypeCase> cases = new ArrayList<>(MySqlFamilyContracts.super.typeCases());
        cases.add(TypeCase.both("uuid", "'" + ID + "'", Scalar.UUID, ID));
        cases.add(TypeCase.both("inet4", "'10.0.0.1'", Scalar.TEXT, "10.0.0.1"));
        cases.add(TypeCase.both("inet6", "'2001:db8::1'", Scalar.TEXT, "2001:db8::1"));
        cases.add(TypeCase.both("json", "'{ \"a\":1}'", Scalar.JSON, "{ \"a\":1}"));
        cases.add(
                TypeCase.both(
                        "decimal(38,38)",
                        "0." + NINES,
                        MySqlFamilyContracts.d(38, 38),
                        "0." + NINES));
        return cases;
    }
}
