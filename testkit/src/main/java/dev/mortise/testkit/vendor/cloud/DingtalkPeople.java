package dev.mortise.testkit.vendor.cloud;

import dev.mortise.testkit.vendor.Json;
import dev.mortise.testkit.vendor.Mood;
import dev.mortise.testkit.vendor.Served;
import dev.mortise.testkit.vendor.Tokens;
import dev.mortise.testkit.vendor.Told;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The departments and members of a company, behind a cursor.
final class DingtalkPeople {
    private static final int ROOT = 1;
    private static final int DEPARTMENTS = 7;
    private static final int MEMBERS = 523;
    private static final int SIZE_MAX = 100;
    private static final long HIRED = 1_600_000_000_000L;
    private static final List<String> TITLES = List.of("工程师", "会计", "销售", "采购", "仓管");

    private record Member(
            String id, String name, String mobile, String title, long hired, boolean active) {}

    private final Mood mood;
    private final List<Member> members = new ArrayList<>();

    DingtalkPeople(Mood mood) {
        this.mood = mood;
        for (int i = 0; i < MEMBERS; i++) {
            members.add(
                    new Member(
                            "user%04d".formatted(i),
                            "员工" + i,
                            "138%08d".formatted(i * 7_919),
                            TITLES.get(i % TITLES.size()),
                            HIRED + i * 86_400_000L,
                            i % 11 != 0));
        }
    }

    List<Served> served() {
        return List.of(
                Served.of(
                        "member",
                        List.of("userid", "name", "mobile", "title", "hired_date", "active"),
                        members.size(),
                        i -> row(members.get(i))),
                Served.of(
                        "department",
                        List.of("dept_id", "name", "parent_id"),
                        DEPARTMENTS,
                        i -> List.of("" + (i + 2), "部门" + (i + 2), "" + ROOT)));
    }

    private static List<String> row(Member member) {
        return List.of(
                member.id(),
                member.name(),
                member.mobile(),
                member.title(),
                Long.toString(member.hired()),
                Boolean.toString(member.active()));
    }

    /// Members of the root department, behind a cursor that is a number.
    Told members(JsonNode body) {
        int size = body.path("size").asInt(0);
        int cursor = body.path("cursor").asInt(-1);
        if (body.path("dept_id").asInt(0) != ROOT) {
            return Dingtalk.flat(60003, "部门不存在", "department");
        }
        if (size < 1 || size > SIZE_MAX || cursor < 0) {
            return Dingtalk.flat(400002, "size须为1至100，cursor须不小于0", "size");
        }
        ObjectNode result = Json.object();
        ArrayNode list = result.putArray("list");
        int from = mood.start(cursor, size);
        members.stream().skip(from).limit(size).forEach(m -> put(m, list.addObject()));
        boolean more = cursor + size < MEMBERS;
        result.put("has_more", more);
        if (more) {
            result.put("next_cursor", cursor + size);
        }
        return good(result);
    }

    private static void put(Member member, ObjectNode node) {
        node.put("userid", member.id())
                .put("name", member.name())
                .put("mobile", member.mobile())
                .put("title", member.title())
                .put("hired_date", member.hired())
                .put("active", member.active());
        node.putArray("dept_id_list").add(ROOT);
    }

    /// The departments right below one; not paged.
    Told departments(JsonNode body) {
        ObjectNode holder = Json.object();
        ArrayNode list = holder.putArray("result");
        if (body.path("dept_id").asInt(ROOT) == ROOT) {
            for (int id = ROOT + 1; id <= ROOT + DEPARTMENTS; id++) {
                list.addObject().put("dept_id", id).put("name", "部门" + id).put("parent_id", ROOT);
            }
        }
        return good(list);
    }

    private static Told good(JsonNode result) {
        ObjectNode answer = Json.object();
        answer.put("errcode", 0).put("errmsg", "ok").set("result", result);
        return Told.json(Json.write(answer.put("request_id", Tokens.random())));
    }
}
