package dev.mortise.api.recipe;

import dev.mortise.spi.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The recipes beside this class; `shipped.txt` lists them, for a jar cannot be listed.
final class ShippedRecipes {
    private ShippedRecipes() {}

    static Map<String, Recipe> read() {
        Map<String, Recipe> recipes = new TreeMap<>();
        List<Problem> problems = new ArrayList<>();
        for (String name : text("shipped.txt").lines().toList()) {
            String file = name + ".yaml";
            Recipe.read(file, text(file), problems)
                    .ifPresent(recipe -> recipes.put(recipe.name(), recipe));
        }
        if (!problems.isEmpty()) {
            throw new IllegalStateException(
                    String.join("\n", problems.stream().map(Problem::line).toList()));
        }
        return recipes;
    }

    private static String text(String file) {
        try (InputStream stream = ShippedRecipes.class.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException("recipe file '" + file + "' is not in the jar");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading recipe file '" + file + "'", e);
        }
    }
}
