package dev.mortise.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/// Copies a jar whose classes were compiled for a Java so old that the JVM cannot keep them in its
/// cache: the same code, in a newer class file with stack maps. Called by the build; without it
/// every start loads such a library anew, class by class.
final class Renewal {
    private static final String CLASS = ".class";

    private static final ClassFile FILES =
            ClassFile.of(
                    StackMapsOption.GENERATE_STACK_MAPS,
                    ClassFile.ClassHierarchyResolverOption.of(
                            ClassHierarchyResolver.ofClassLoading(Renewal.class.getClassLoader())));

    // Not ACCEPT_ALL: that would copy the old bytes, which have no stack maps.
    private static final CodeTransform CODE = (builder, element) -> builder.with(element);

    private static final ClassTransform RENEWED =
            ClassTransform.transformingMethods(MethodTransform.transformingCode(CODE))
                    .andThen(
                            (builder, element) -> {
                                if (element instanceof ClassFileVersion) {
                                    builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
                                } else {
                                    builder.with(element);
                                }
                            });

    private Renewal() {}

    /// @param args the old jar, which has to be on the class path, and where the new one goes
    static void main(String[] args) throws IOException {
        Path to = Path.of(args[1]);
        try (JarFile from = new JarFile(args[0]);
                OutputStream file = Files.newOutputStream(to);
                JarOutputStream out = new JarOutputStream(file)) {
            for (JarEntry entry : from.stream().toList()) {
                out.putNextEntry(new JarEntry(entry.getName()));
                try (InputStream in = from.getInputStream(entry)) {
                    out.write(renewed(entry.getName(), in.readAllBytes()));
                }
                out.closeEntry();
            }
        }
    }

    private static byte[] renewed(String name, byte[] bytes) {
        boolean module = name.endsWith("module-info" + CLASS);
        return name.endsWith(CLASS) && !module
                ? FILES.transformClass(FILES.parse(bytes), RENEWED)
                : bytes;
    }
}
