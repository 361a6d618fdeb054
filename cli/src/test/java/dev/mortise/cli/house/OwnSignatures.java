package dev.mortise.cli.house;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.stream.Stream;

/// Holds when the public methods of a public class take and return only types of the JDK, of
/// JSpecify and our own.
final class OwnSignatures extends ArchCondition<JavaClass> {
    OwnSignatures() {
        super("show only our own types and the JDK's in public signatures");
    }

    /// Matches `new` of an exception class of `java.lang`.
    static DescribedPredicate<JavaConstructorCall> creates(String exception) {
        return DescribedPredicate.describe(
                "creates " + exception,
                call -> call.getTargetOwner().getFullName().equals("java.lang." + exception));
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        type.getCodeUnits().stream().filter(OwnSignatures::isOpen).forEach(c -> check(c, events));
    }

    private static boolean isOpen(JavaCodeUnit code) {
        Set<JavaModifier> modifiers = code.getModifiers();
        return modifiers.contains(JavaModifier.PUBLIC)
                || modifiers.contains(JavaModifier.PROTECTED);
    }

    private static void check(JavaCodeUnit code, ConditionEvents events) {
        Stream.concat(
                        Stream.of(code.getReturnType().toErasure()),
                        code.getParameterTypes().stream().map(t -> t.toErasure()))
                .filter(OwnSignatures::isForeign)
                .map(t -> "%s shows '%s'".formatted(code.getDescription(), t.getName()))
                .forEach(text -> events.add(SimpleConditionEvent.violated(code, text)));
    }

    private static boolean isForeign(JavaClass type) {
        JavaClass element = type.getBaseComponentType();
        String name = element.getFullName();
        return !element.isPrimitive()
                && !name.startsWith("java.")
                && !name.startsWith("javax.")
                && !name.startsWith("dev.mortise.");
    }
}
