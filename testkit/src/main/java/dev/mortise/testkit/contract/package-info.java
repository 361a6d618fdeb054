/// What every connector promises, a contract a role, as interfaces of default tests. A connector's
/// test implements the contracts of its roles and supplies a small fixture:
///
/// ```
/// ConnectorFixture ◄─ ReadsContract ◄─ (FiltersContract, IncrementalContract)
///                  ◄─ WritesContract ◄─ (RunsContract, RejectsContract)
///                  ◄─ VerifiesContract, OptionsContract, TypeMappingContract
/// ```
@NullMarked
package dev.mortise.testkit.contract;

import org.jspecify.annotations.NullMarked;
