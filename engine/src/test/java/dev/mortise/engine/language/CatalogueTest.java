package dev.mortise.engine.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    private final Catalogue catalogue = new Catalogue();

    private void know(String... pairs) {
        for (int i = 0; i < pairs.length; i += 2) {
            catalogue.add(Template.of(pairs[i], pairs[i + 1]));
        }
    }

    @Test
    void keepsValuesAsTheyAre() {
        know("column '%s' is missing in '%s'", "'%2$s' 中没有列 '%1$s'");
        know("missing", "缺少");
        assertEquals(
                "'x\n%s' 中没有列 'missing'",
                catalogue.translate("column 'missing' is missing in 'x\n%s'"));
    }

    @Test
    void translatesWhatStandsInAHoleWithoutQuotes() {
        know("expected %s, got %s", "应为%s，实际是%s");
        know("a number from %s to %s", "%s 到 %s 之间的数", "nothing", "空");
        assertEquals(
                "应为 1 到 9 之间的数，实际是空",
                catalogue.translate("expected a number from 1 to 9, got nothing"));
    }

    @Test
    void takesTheOneWithMostTextOfItsOwn() {
        know("expected %s", "应为%s", "expected %s, got none", "应为%s，但没有");
        assertEquals("应为 x，但没有", catalogue.translate("expected x, got none"));
        assertEquals("应为 x", catalogue.translate("expected x"));
    }

    @Test
    void leavesAloneWhatItDoesNotKnow() {
        know("expected '%s'", "应为 '%s'");
        assertEquals("Expected 'a'", catalogue.translate("Expected 'a'"));
        assertEquals("ORA-00942: none", catalogue.translate("ORA-00942: none"));
    }

    @Test
    void translatesEachOfTwoSentencesThatWereJoined() {
        know("reading table '%s'", "读取表 '%s'", "try again", "请重试");
        assertEquals("读取表 'a'：ERROR x", catalogue.translate("reading table 'a': ERROR x"));
        assertEquals("odd；请重试", catalogue.translate("odd; try again"));
        assertEquals(
                "a.yaml: b：读取表 'x: y'：odd: c；请重试",
                catalogue.translate("a.yaml: b: reading table 'x: y': odd: c; try again"));
    }

    @Test
    void takesWhatStandsInQuotesForAValue() {
        know("the server's '%s: NAME' has %s", "服务器的 '%s: NAME' 有%s", "flow", "流程");
        assertEquals(
                "服务器的 'flow: NAME' 有流程", catalogue.translate("the server's 'flow: NAME' has flow"));
    }

    @Test
    void readsPairsOfLines() throws IOException {
        catalogue.read(new StringReader("# note\n\n100%% of '%s'\n  '%s' 的 100%%\n"));
        assertEquals("'a' 的 100%", catalogue.translate("100% of 'a'"));
    }

    @Test
    void refusesWhatLosesAValue() {
        assertThrows(IllegalArgumentException.class, () -> Template.of("a %s b %s", "甲 %s"));
        assertThrows(IllegalArgumentException.class, () -> Template.of("a %s", "甲 %s %s"));
        assertThrows(
                IllegalArgumentException.class,
                () -> catalogue.read(new StringReader("a\nb\n  乙\n")));
        know("a", "甲");
        assertThrows(IllegalArgumentException.class, () -> know("a", "乙"));
    }
}
