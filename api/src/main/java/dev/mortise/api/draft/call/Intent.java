package dev.mortise.api.draft.call;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Tells from what a POST is called whether it asks or changes: many APIs query by POST.
final class Intent {
    private static final Set<String> ASKING =
            Set.of(
                    "query",
                    "queries",
                    "list",
                    "search",
                    "find",
                    "fetch",
                    "get",
                    "select",
                    "report",
                    "export",
                    "page",
                    "statement",
                    "lookup",
                    "retrieve",
                    "inquire",
                    "filter");
    private static final Set<String> CHANGING =
            Set.of(
                    "create",
                    "add",
                    "save",
                    "insert",
                    "update",
                    "edit",
                    "modify",
                    "submit",
                    "upload",
                    "import",
                    "push",
                    "send",
                    "cancel",
                    "audit",
                    "approve",
                    "delete",
                    "remove",
                    "upsert",
                    "sync",
                    "set",
                    "put",
                    "new",
                    "register",
                    "pay",
                    "refund",
                    "close",
                    "confirm",
                    "batch");
    private static final Pattern ASKING_GLUED =
            Pattern.compile(
                    "(query|search|find|fetch|get|select|list)\\p{L}{2,}"
                            + "|\\p{L}+(list|query|search|page)");
    private static final Pattern CHANGING_GLUED =
            Pattern.compile(
                    "(create|save|insert|update|delete|remove|submit"
                            + "|upload|modify|upsert)\\p{L}{2,}");
    private static final Pattern ASKING_CHINESE = Pattern.compile("查询|列表|分页|获取|检索|搜索|查找|拉取");
    private static final Pattern CHANGING_CHINESE =
            Pattern.compile("新增|创建|保存|修改|更新|提交|删除|上传|推送|审核|取消|添加|发送");

    private Intent() {}

    /// @param names what the call is called: id, last word of its path, title
    static boolean asks(String... names) {
        return matches(ASKING, ASKING_GLUED, ASKING_CHINESE, names);
    }

    static boolean changes(String... names) {
        return matches(CHANGING, CHANGING_GLUED, CHANGING_CHINESE, names);
    }

    private static boolean matches(
            Set<String> words, Pattern glued, Pattern chinese, String... names) {
        for (String name : names) {
            List<String> parts = Arrays.asList(Names.snake(name).split("_", -1));
            boolean word =
                    parts.stream().anyMatch(p -> words.contains(p) || glued.matcher(p).matches());
            if (word || chinese.matcher(name).find()) {
                return true;
            }
        }
        return false;
    }
}
