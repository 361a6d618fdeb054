package dev.mortise.bench.workload;

import dev.mortise.bench.race.Workload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All workloads by name, in the order of the table.
public final class Workloads {
    /// Makes a workload ready: starts servers, writes files, fills tables.
    public interface Opening {
        Workload open(Systems systems, Scale scale) throws Exception;
    }

    private static final Map<String, Opening> ALL = new LinkedHashMap<>();

    static {
        ALL.put("pg-pg", PostgresCopies::plain);
        ALL.put("pg-pg-transform", PostgresCopies::transform);
        ALL.put("mariadb-pg", MixedCopies::mariaDbToPostgres);
        ALL.put("pg-mariadb", MixedCopies::postgresToMariaDb);
        ALL.put("csv-pg", MixedCopies::csvToPostgres);
        ALL.put("api-pg", ApiReads::toPostgres);
        ALL.put("pg-20m", PostgresCopies::large);
        ALL.put("tables-500", ManyTables::open);
        ALL.put("start", Starts::check);
        ALL.put("serve", Starts::serve);
        ALL.put("small-run", Starts::smallRun);
        ALL.put("verify-pg-pg", Verifications::postgres);
        ALL.put("verify-pg-mariadb", Verifications::mariaDb);
    }

    /// Too long to run unasked, or with more on the class path than runs have.
    private static final List<String> ON_REQUEST = List.of("pg-20m", "serve");

    private Workloads() {}

    public static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /// What a word of the command line stands for: a workload, all that begin with it and a hyphen,
    /// or nothing.
    public static List<String> named(String word) {
        if (ALL.containsKey(word)) {
            return List.of(word);
        }
        return ALL.keySet().stream().filter(name -> name.startsWith(word + "-")).toList();
    }

    public static List<String> usual() {
        return ALL.keySet().stream().filter(name -> !ON_REQUEST.contains(name)).toList();
    }

    /// What the Chinese table says; the English words stand in the records.
    public static Map<String, String> chinese() {
        return Map.ofEntries(
                Map.entry("pg-pg-transform", "同上，加一个计算列和一个过滤条件"),
                Map.entry("csv-pg", "CSV → PostgreSQL，带类型"),
                Map.entry("api-pg", "JSON 接口 → PostgreSQL，每页 1,000 条嵌套记录，延迟 5 毫秒"),
                Map.entry("pg-20m", "PostgreSQL → PostgreSQL，2000 万行，256 MB 堆"),
                Map.entry("tables-500", "500 张表 × 200 行，用 `copy`"),
                Map.entry("start", "`mortise check`，从启动到结束"),
                Map.entry("serve", "`mortise serve`，到开始监听为止"),
                Map.entry("small-run", "200 行的一次运行，从启动到结束"),
                Map.entry("verify-pg-pg", "verify：PostgreSQL = PostgreSQL"),
                Map.entry("verify-pg-mariadb", "verify：PostgreSQL = MariaDB"));
    }

    public static Opening opening(String name) {
        Opening opening = ALL.get(name);
        if (opening == null) {
            throw new IllegalArgumentException(name);
        }
        return opening;
    }
}
