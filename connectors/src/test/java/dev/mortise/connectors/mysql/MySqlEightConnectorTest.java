package dev.mortise.connectors.mysql;

import org.junit.jupiter.api.Tag;

/// The connector keeps every contract on MySQL 8.
@Tag("live")
final class MySqlEightConnectorTest implements MySqlFamilyContracts {
    @Override
    public MySqlFixture fixture() {
        return MySqlFixture.mySql(MySqlEightConnectorTest.class);
    }

    @Override
    public void everyPublishedTypeWasTried() {
        // Some of the published types are MariaDB's alone; they are tried there.
    }
}
