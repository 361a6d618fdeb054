package dev.mortise.engine.match;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PinyinTest {
    private final Pinyin pinyin = new Pinyin();

    @ParameterizedTest
    @CsvSource({
        "客户名称, kehumingcheng, khmc",
        "纳税人识别号, nashuirenshibiehao, nsrsbh",
        "银行账号, yinhangzhanghao, yhzh",
        "税率, shuilv, sl",
        "开户行, kaihuhang, khh",
        "客户ID, kehuid, khid",
        "重量(千克), zhongliangqianke, zlqk"
    })
    void readsBusinessWords(String word, String full, String initials) {
        assertEquals(full, pinyin.full(word));
        assertEquals(initials, pinyin.initials(word));
    }
}
