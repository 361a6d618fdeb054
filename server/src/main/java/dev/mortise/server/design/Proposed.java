package dev.mortise.server.design;

import dev.mortise.engine.match.FieldProfile;
import dev.mortise.engine.match.Proposal;
import dev.mortise.engine.match.Reason;
import dev.mortise.spi.option.Sentence;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Which source column may belong to which target column.
record Proposed(List<FieldInfo> source, List<FieldInfo> target, List<Pair> proposals) {
    private static final int SAMPLES = 5;

    /// What is known of a column.
    ///
    /// @param filled whether its system gives it a value where none is written
    record FieldInfo(
            String name,
            String type,
            boolean nullable,
            boolean filled,
            @Nullable String comment,
            List<String> samples,
            boolean key) {
        static FieldInfo of(FieldProfile profile) {
            return new FieldInfo(
                    profile.name(),
                    profile.type().text(),
                    profile.nullable(),
                    profile.filled(),
                    profile.comment().isEmpty() ? null : profile.comment(),
                    profile.samples().stream().distinct().limit(SAMPLES).toList(),
                    profile.key());
        }
    }

    /// @param source null when none was found
    /// @param score from 0 to 100
    /// @param band `auto`, `suggest` or `none`
    record Pair(
            String target,
            @Nullable String source,
            int score,
            String band,
            List<Why> reasons,
            List<Alternative> alternatives) {
        static Pair of(Proposal proposal) {
            return new Pair(
                    proposal.target().name(),
                    proposal.source().map(FieldProfile::name).orElse(null),
                    percent(proposal.score()),
                    proposal.band().name().toLowerCase(Locale.ROOT),
                    proposal.reasons().stream().map(Why::of).toList(),
                    proposal.alternatives().stream()
                            .map(a -> new Alternative(a.source(), percent(a.score())))
                            .toList());
        }
    }

    record Alternative(String source, int score) {}

    /// @param code `accepted`, `name`, `pinyin`, `comment`, `type`, `constraint`, `values` or
    ///     `position`
    record Why(String code, Sentence text, int score) {
        static Why of(Reason reason) {
            String detail = reason.detail().isEmpty() ? "" : ": " + reason.detail();
            String detailZh = reason.detail().isEmpty() ? "" : "：" + reason.detail();
            Sentence kind = kind(reason.kind());
            return new Why(
                    reason.kind().name().toLowerCase(Locale.ROOT),
                    Sentence.of(kind.en() + detail, kind.zh() + detailZh),
                    percent(reason.score()));
        }

        private static Sentence kind(Reason.Kind kind) {
            return switch (kind) {
                case ACCEPTED -> Sentence.of("accepted before", "以前已采纳");
                case NAME -> Sentence.of("name", "名称");
                case PINYIN -> Sentence.of("pinyin", "拼音");
                case COMMENT -> Sentence.of("comment", "注释");
                case TYPE -> Sentence.of("type", "类型");
                case CONSTRAINT -> Sentence.of("key and length", "主键与长度");
                case VALUES -> Sentence.of("values", "样本值");
                case POSITION -> Sentence.of("place among its columns", "列的位置");
            };
        }
    }

    private static int percent(double score) {
        return (int) Math.round(Math.clamp(score, 0, 1) * 100);
    }

    static Proposed of(
            List<FieldProfile> source, List<FieldProfile> target, List<Proposal> proposals) {
        return new Proposed(
                source.stream().map(FieldInfo::of).toList(),
                target.stream().map(FieldInfo::of).toList(),
                proposals.stream().map(Pair::of).toList());
    }
}
