package dev.nameplate.rules;

import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** The sources people read: everything under src/main/java of every module. Generated classes are not there. */
final class Sources {
    private static final List<String> MODULES = List.of("est-protocol", "hsm", "schema", "ca-server");

    private final Path checkout;

    /** @param checkout the directory that holds the modules */
    Sources(Path checkout) {
        this.checkout = checkout;
    }

    /** Java files of all modules, package descriptions left out. */
    List<Path> files() {
        return MODULES.stream().flatMap(module -> filesOf(module).stream()).toList();
    }

    /** Lines of each of {@link #files()}. */
    List<Integer> lengths() {
        return files().stream().map(Sources::length).toList();
    }

    List<MethodSize> methods() {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var units = manager.getJavaFileObjectsFromPaths(files());
            var task = (JavacTask) compiler.getTask(null, manager, null, null, null, units);
            var measure = new Measure(Trees.instance(task).getSourcePositions());
            measure.scan(task.parse(), null);
            return measure.found();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int length(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return Math.toIntExact(lines.count());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> filesOf(String module) {
        try (Stream<Path> all = Files.walk(checkout.resolve(module).resolve("src/main/java"))) {
            return all.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
