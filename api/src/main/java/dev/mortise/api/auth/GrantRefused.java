package dev.mortise.api.auth;

import dev.mortise.api.answer.Meaning;
import dev.mortise.api.auth.Wire.Heard;
import dev.mortise.api.recipe.Message;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;

/// What a token endpoint means by an answer that gives no token.
final class GrantRefused {
    private GrantRefused() {}

    /// @param fix what a user looks at when the credential itself was refused
    /// @throws ProblemException unless the answer may hold a token
    static void check(Wire wire, Message call, Heard heard, String fix) {
        Meaning meaning = heard.verdict().meaning();
        int status = heard.answer().status();
        // A contract for business calls may not know what a token endpoint says.
        boolean untold = meaning instanceof Meaning.Unexplained && status >= 200 && status < 300;
        if (meaning.success() || untold) {
            return;
        }
        Problem told = heard.verdict().problem(call.method() + " '" + bare(call) + "'", status);
        Problem problem = Problem.of(told.code(), wire.hide(told.message()), told.fix());
        boolean missing = status == 404 || status == 405;
        if (missing) {
            throw new ProblemException(
                    Problem.of(
                            ProblemCode.CALL_INVALID,
                            problem.message(),
                            "check the address of the token, in 'token_url' or 'request'"));
        }
        boolean credential =
                meaning instanceof Meaning.BusinessReject
                        || meaning instanceof Meaning.AuthDenied
                        || meaning instanceof Meaning.AuthExpired
                        || (meaning instanceof Meaning.Unexplained && status < 500);
        throw new ProblemException(
                credential
                        ? Problem.of(ProblemCode.LOGIN_REFUSED, problem.message(), fix)
                        : problem);
    }

    private static String bare(Message call) {
        return call.scheme() + "://" + call.host() + call.rawPath();
    }
}
