package dev.mortise.server.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFException;
import dev.mortise.server.live.Client;
import dev.mortise.server.live.Client.Answer;
import dev.mortise.server.live.LiveServer;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("live")
class LdapLoginTest {
    private static final String BASE = "dc=example,dc=com";
    private static final String BIND = "cn=reader," + BASE;
    private static final String BIND_PASSWORD = "reader-pw-canary";

    private static LiveServer server;
    private static Client root;
    private static InMemoryDirectoryServer directory;

    @BeforeAll
    static void start(@TempDir Path home) throws LDAPException, LDIFException {
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(BASE);
        config.addAdditionalBindCredentials(BIND, BIND_PASSWORD);
        config.setListenerConfigs(
                InMemoryListenerConfig.createLDAPConfig(
                        "ldap", InetAddress.getLoopbackAddress(), 0, null));
        directory = new InMemoryDirectoryServer(config);
        directory.add("dn: " + BASE, "objectClass: domain", "dc: example");
        directory.add("dn: ou=people," + BASE, "objectClass: organizationalUnit", "ou: people");
        directory.add("dn: ou=groups," + BASE, "objectClass: organizationalUnit", "ou: groups");
        for (String name : new String[] {"li.na", "zhao"}) {
            directory.add(
                    "dn: uid=" + name + ",ou=people," + BASE,
                    "objectClass: inetOrgPerson",
                    "uid: " + name,
                    "cn: Somebody " + name,
                    "sn: " + name,
                    "userPassword: pw of " + name);
        }
        directory.add(
                "dn: cn=erp,ou=groups," + BASE,
                "objectClass: groupOfNames",
                "cn: erp",
                "member: uid=li.na,ou=people," + BASE);
        directory.startListening();
        server = LiveServer.start(home);
        root = server.administrator();
        root.post("/api/projects", Map.of("name", "sales"));
        Answer saved = root.put("/api/providers/dir", settings(BIND_PASSWORD), null);
        assertEquals(200, saved.status(), saved.toString());
        assertFalse(saved.body().contains(BIND_PASSWORD));
    }

    private static Map<String, Object> settings(String secret) {
        return Map.of(
                "ldap",
                Map.of(
                        "url", "ldap://127.0.0.1:" + directory.getListenPort() + "/",
                        "bind_dn", BIND,
                        "user_base", "ou=people," + BASE,
                        "group_base", "ou=groups," + BASE),
                "groups",
                Map.of("erp", Map.of("sales", "operator")),
                "secret",
                secret);
    }

    @AfterAll
    static void stop() {
        server.close();
        directory.shutDown(true);
    }

    private static Answer signIn(Client client, String name, String password) {
        return client.post(
                "/api/session", Map.of("name", name, "password", password, "provider", "dir"));
    }

    @Test
    void signsInWithWhatTheGroupsGrant() {
        Answer answer = signIn(server.client(), "li.na", "pw of li.na");
        assertEquals(200, answer.status(), answer.toString());
        assertEquals("{\"sales\":\"operator\"}", answer.json().path("grants").toString());
        Answer other = signIn(server.client(), "zhao", "pw of zhao");
        assertEquals("{}", other.json().path("grants").toString(), other.toString());
        Answer again = signIn(server.client(), "li.na", "pw of li.na");
        assertEquals(
                answer.json().path("principal").path("id").asString(),
                again.json().path("principal").path("id").asString());
    }

    @Test
    void refusesWhatTheDirectoryRefuses() {
        String[][] wrong = {
            {"li.na", "wrong"},
            {"li.na", ""},
            {"nobody", "pw"},
            {"*", "pw of li.na"},
            {"li.na)(uid=*", "pw of li.na"},
            {"l*", "pw of li.na"}
        };
        for (String[] pair : wrong) {
            Answer refused = signIn(server.client(), pair[0], pair[1]);
            assertEquals(401, refused.status(), pair[0] + " " + refused);
            assertEquals("LOGIN_REFUSED", refused.code());
        }
    }

    @Test
    void takesNoPersonOfTheDirectoryForALocalOne() {
        signIn(server.client(), "zhao", "pw of zhao");
        Answer refused =
                server.client()
                        .post("/api/session", Map.of("name", "zhao", "password", "pw of zhao"));
        assertEquals(401, refused.status(), refused.toString());
    }

    @Test
    void tellsADirectoryThatIsAway() {
        Map<String, Object> settings =
                Map.of(
                        "ldap",
                        Map.of("url", "ldap://127.0.0.1:1/", "user_base", "ou=people," + BASE));
        assertEquals(200, root.put("/api/providers/away", settings, null).status());
        Answer refused =
                server.client()
                        .post(
                                "/api/session",
                                Map.of("name", "a-name", "password", "p", "provider", "away"));
        assertEquals("SERVER_UNAVAILABLE", refused.code(), refused.toString());
    }

    @Test
    void isTriedBeforeAnybodySignsIn() {
        Answer reached = root.post("/api/providers/dir/test", Map.of());
        assertEquals(200, reached.status(), reached.toString());
        assertEquals("ou=people," + BASE, reached.json().path("reached").asString());
        root.put("/api/providers/shut", settings("another-password"), null);
        Answer refused = root.post("/api/providers/shut/test", Map.of());
        assertEquals("SERVER_UNAVAILABLE", refused.code(), refused.toString());
        assertFalse(refused.body().contains("another-password"));
        assertEquals(404, root.post("/api/providers/nobody/test", Map.of()).status());
    }
}
