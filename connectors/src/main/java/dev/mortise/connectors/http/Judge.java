package dev.mortise.connectors.http;

import dev.mortise.api.answer.Contract;
import dev.mortise.api.answer.Meaning;
import dev.mortise.api.answer.Verdict;
import dev.mortise.api.auth.Credentials;
import dev.mortise.api.budget.Ticker;
import dev.mortise.connectors.http.Call.Answer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;

/// What the answers of a connection mean by its contract, once they are verified and opened. Used
/// by many threads.
final class Judge {
    /// What of a streamed body is judged.
    private static final int JUDGED = 64 * 1_024;

    private final Endpoint endpoint;
    private final Contract contract;
    private final Credentials credentials;
    private final Ticker ticker;

    Judge(Endpoint endpoint, Credentials credentials, Ticker ticker) {
        this.endpoint = endpoint;
        this.contract = endpoint.contract();
        this.credentials = credentials;
        this.ticker = ticker;
    }

    /// The answer with its meaning. One that is sealed or signed is opened and verified first.
    Answer judged(Call call, Answer answer, boolean signed) {
        if (call.streams() && answer.body().length == 0) {
            return judgedByItsStart(call, answer);
        }
        Answer outer = answer.judged(judge(call, answer, answer.body()));
        boolean plain = !signed || endpoint.soap(call.resource()).isPresent() || !outer.ok();
        Answer inner = plain ? outer : opened(call, outer);
        return inner.body() == outer.body()
                ? outer
                : inner.judged(judge(call, inner, inner.body()));
    }

    private Verdict judge(Call call, Answer answer, byte[] start) {
        return verdict(call, answer, start, ticker.now());
    }

    /// What was kept is judged by the contract as it is now; of SOAP it is what the envelope held,
    /// and that there was one.
    Verdict kept(Call call, Answer kept, Instant now) {
        if (endpoint.soap(call.resource()).isEmpty()) {
            return verdict(call, kept, kept.body(), now);
        }
        Verdict inner = contract.judge(kept.seen(kept.body(), now));
        return switch (inner.meaning()) {
            case Meaning.Unexplained _, Meaning.Unreadable _ ->
                    contract.judge(kept.seen(Soap.envelope(), now));
            default -> inner;
        };
    }

    /// @param start the body, or its beginning
    private Verdict verdict(Call call, Answer answer, byte[] start, Instant now) {
        Contract here =
                call.awaits()
                        .map(format -> contract.awaiting(format.name().toLowerCase(Locale.ROOT)))
                        .orElse(contract);
        return here.judge(answer.seen(start, now));
    }

    /// The answer verified and opened, as `sign` says.
    private Answer opened(Call call, Answer answer) {
        byte[] body =
                credentials.received(answer.seen(answer.body(), ticker.now()), call.resource());
        return body == answer.body() ? answer : answer.with(body);
    }

    Answer spoken(Soap soap, Call call, Answer answer) {
        boolean success = answer.status() >= 200 && answer.status() < 300;
        Answer envelope = success ? opened(call, answer) : answer;
        Answer told = soap.decoded(envelope);
        boolean open = told.body() != envelope.body() && told.verdict().isEmpty();
        return open ? told.judged(judgeBoth(call, told, envelope)) : told;
    }

    /// Rules look at what was in the envelope; where none of them fits, at the envelope.
    private Verdict judgeBoth(Call call, Answer told, Answer envelope) {
        Verdict inner = judge(call, told, told.body());
        return switch (inner.meaning()) {
            case Meaning.Unexplained _, Meaning.Unreadable _ ->
                    judge(call, envelope, Soap.text(envelope));
            default -> inner;
        };
    }

    private Answer judgedByItsStart(Call call, Answer answer) {
        BufferedInputStream body = new BufferedInputStream(answer.stream(), JUDGED);
        boolean handed = false;
        try {
            body.mark(JUDGED);
            byte[] start = body.readNBytes(JUDGED);
            body.reset();
            Answer whole = answer.through(_ -> body);
            Answer judged = whole.judged(judge(call, answer, start));
            handed = judged.ok();
            return handed ? judged : judged.with(start);
        } catch (IOException e) {
            throw Egress.broken(answer.uri(), e);
        } finally {
            if (!handed) {
                answer.drop();
            }
        }
    }
}
