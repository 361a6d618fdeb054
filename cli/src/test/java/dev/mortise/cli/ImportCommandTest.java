package dev.mortise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
    private static final String CURL =
            """
            curl "https://crm.example/api/orders?page=1&size=20" \\
              -H "Authorization: Bearer t0ps3cret-t0ken"
            """;

    private final Path folder;
    private final ProjectFolder project;

    ImportCommandTest(@TempDir Path folder) {
        this.folder = folder;
        this.project = new ProjectFolder(folder);
    }

    private Ended imports(String document, String... more) throws IOException {
        Path file = folder.resolve("document.txt");
        Files.writeString(file, document);
        String[] args = new String[more.length + 3];
        args[0] = "import";
        args[1] = file.toString();
        args[2] = "crm";
        System.arraycopy(more, 0, args, 3, more.length);
        return project.call(Map.of(), args);
    }

    private String made() throws IOException {
        return Files.readString(folder.resolve("connections/crm.yaml"));
    }

    @Test
    void makesAConnectionThatChecksWithoutTheSecretOfTheCommand() throws IOException {
        Ended ended = imports(CURL);
        assertEquals(0, ended.code(), ended.err());
        assertTrue(ended.out().contains("connections/crm.yaml"), ended.out());
        assertFalse((made() + ended.out()).contains("t0ps3cret"), made());
        Ended checked = project.call(Map.of("CRM_TOKEN", "x"), "check");
        assertEquals(0, checked.code(), checked.out() + checked.err());
    }

    @Test
    void tellsWhatItFoundInTheLanguageOfTheTerminal() throws IOException {
        Path file = folder.resolve("document.txt");
        Files.writeString(file, CURL.replace("curl ", "curl -k --cacert ca.pem "));
        String[] args = {"import", file.toString(), "crm"};
        Ended chinese = project.call(Map.of("MORTISE_LANG", "zh"), args);
        assertEquals(0, chinese.code(), chinese.err());
        assertTrue(chinese.out().contains("'-k'：证书总是要校验"), chinese.out());
        assertTrue(chinese.out().contains("请设置环境变量 'CRM_TOKEN'"), chinese.out());
        Files.writeString(file, CURL.replace("size=20", "size=50"));
        Ended changed = project.call(Map.of("MORTISE_LANG", "zh"), args);
        assertTrue(changed.out().contains("草稿中是"), changed.out());
    }

    @Test
    void showsWhatChangedAndTakesItOverWhenTold() throws IOException {
        imports(CURL);
        String before = made();
        String later = CURL + CURL.replace("orders", "customers");
        Ended shown = imports(later);
        assertEquals(0, shown.code(), shown.err());
        assertTrue(shown.out().contains("customers"), shown.out());
        assertEquals(before, made());
        assertEquals(0, imports(later, "--apply").code());
        assertTrue(made().contains("/api/customers"), made());
        assertTrue(imports(later).out().contains("needs no change"));
    }

    @Test
    void saysWhatItCannotRead() throws IOException {
        Ended missing = project.call(Map.of(), "import", "nowhere.yaml", "crm");
        assertEquals(2, missing.code());
        assertTrue(missing.err().contains("FILE_MISSING"), missing.err());
        assertEquals(2, imports("hello").code());
        assertEquals(2, project.call(Map.of(), "import", "x", "a b").code());
    }
}
