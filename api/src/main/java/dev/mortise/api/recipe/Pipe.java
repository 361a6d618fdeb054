package dev.mortise.api.recipe;

import dev.mortise.api.recipe.Value.Shape;
import dev.mortise.api.recipe.codec.Malformed;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A value and the filters it runs through: `body | sha256 | hex`. Checked when it is read, so
/// that running it can fail only for what a message or a key holds.
record Pipe(Head head, List<Step> steps) {
    Pipe {
        steps = List.copyOf(steps);
    }

    /// What stands at the beginning.
    sealed interface Head {
        /// A setting, or a value named before.
        record Name(String name, Shape shape) implements Head {}

        record Text(Template template) implements Head {}

        record Call(Source source, List<Pipe> args) implements Head {}
    }

    /// A word that a value begins with.
    ///
    /// @param fresh whether it gives another value each time
    record Source(String name, Shape out, boolean fresh, List<Filter.Param> params, Act act) {
        @FunctionalInterface
        interface Act {
            Value apply(Args args);
        }
    }

    /// A filter with its arguments.
    record Step(Filter filter, List<Pipe> args) {
        Value apply(Value value, Scope scope) {
            Args given = new Args(args, scope);
            return switch (filter) {
                case Filter.Plain plain -> plain.act().apply(value, given);
                case Filter.Coding coding -> Value.of(coding.encode().code(value.bytes(), given));
                case Filter.Signature signature ->
                        Value.of(signature.scheme().sign(value.bytes(), given));
            };
        }
    }

    Shape shape() {
        if (!steps.isEmpty()) {
            return steps.getLast().filter().out();
        }
        return switch (head) {
            case Head.Name name -> name.shape();
            case Head.Text _ -> Shape.BYTES;
            case Head.Call call -> call.source().out();
        };
    }

    /// Whether its value is made anew each time, of the clock or by chance, so that verifying has
    /// to read it from the message.
    boolean isFresh() {
        return head instanceof Head.Call call && call.source().fresh();
    }

    /// Whether something fresh stands inside, where verifying could not put what it has read.
    boolean hidesFresh() {
        return inner().anyMatch(pipe -> pipe.isFresh() || pipe.hidesFresh());
    }

    /// The pipes in its holes and arguments.
    private Stream<Pipe> inner() {
        List<Pipe> first =
                switch (head) {
                    case Head.Name _ -> List.of();
                    case Head.Text text -> text.template().pipes();
                    case Head.Call call -> call.args();
                };
        return Stream.concat(first.stream(), steps.stream().flatMap(s -> s.args().stream()));
    }

    Value run(Scope scope) {
        return run(scope, steps.size());
    }

    private Value run(Scope scope, int stepsMax) {
        Value value =
                switch (head) {
                    case Head.Name name -> scope.value(name.name());
                    case Head.Text text -> Value.of(text.template().render(scope));
                    case Head.Call call -> call.source().act().apply(new Args(call.args(), scope));
                };
        for (Step step : steps.subList(0, stepsMax)) {
            value = step.apply(value, scope);
        }
        return value;
    }

    /// The step that signs with a private key, when there is one.
    Optional<Step> signature() {
        return steps.stream().filter(s -> s.filter() instanceof Filter.Signature).findFirst();
    }

    /// Whether what comes after the signature can be undone, so that it can be verified.
    boolean isVerifiable() {
        return after().stream().allMatch(step -> step.filter() instanceof Filter.Coding);
    }

    /// The names and settings it speaks of.
    Set<String> mentions() {
        Set<String> names = new HashSet<>();
        if (head instanceof Head.Name name) {
            names.add(name.name());
        }
        inner().forEach(pipe -> names.addAll(pipe.mentions()));
        signature().ifPresent(step -> names.add(Args.wordOf(step.args().getFirst())));
        return names;
    }

    private List<Step> after() {
        int index = signature().map(steps::indexOf).orElse(-1);
        return steps.subList(index + 1, steps.size());
    }

    /// Whether a received value is a signature of what this pipe signs.
    boolean verifies(byte[] received, Scope scope) {
        Step step = signature().orElseThrow();
        byte[] signature = received;
        for (Step coding : after().reversed()) {
            Args args = new Args(coding.args(), scope);
            Filter.Coding filter = (Filter.Coding) coding.filter();
            byte[] decoded = filter.decode().code(signature, args);
            if (!Arrays.equals(filter.encode().code(decoded, args), signature)) {
                throw new Malformed("a signature in the form '" + filter.name() + "' gives");
            }
            signature = decoded;
        }
        byte[] text = run(scope, steps.indexOf(step)).bytes();
        Filter.Signature filter = (Filter.Signature) step.filter();
        return filter.scheme().verify(text, signature, new Args(step.args(), scope));
    }

    /// The arguments of a filter or a source, run when they are asked for.
    record Args(List<Pipe> pipes, Scope scope) {
        int size() {
            return pipes.size();
        }

        byte[] bytes(int index) {
            return pipes.get(index).run(scope).bytes();
        }

        String text(int index) {
            return pipes.get(index).run(scope).text();
        }

        /// The value, or the fallback when the argument was left out.
        String text(int index, String fallback) {
            return index < pipes.size() ? text(index) : fallback;
        }

        /// A number, which the check has seen to be one.
        int number(int index) {
            return Integer.parseInt(word(index));
        }

        /// A word as it stands in the recipe.
        String word(int index) {
            return wordOf(pipes.get(index));
        }

        String word(int index, String fallback) {
            return index < pipes.size() ? word(index) : fallback;
        }

        List<String> words() {
            return pipes.stream().map(Args::wordOf).toList();
        }

        Setting key(int index) {
            return scope.setting(word(index));
        }

        /// The word a pipe consists of; empty when it is more than a word.
        static String wordOf(Pipe pipe) {
            if (!pipe.steps().isEmpty()) {
                return "";
            }
            return switch (pipe.head()) {
                case Head.Name name -> name.name();
                case Head.Text text -> text.template().constant().orElse("");
                case Head.Call call -> call.args().isEmpty() ? call.source().name() : "";
            };
        }
    }
}
