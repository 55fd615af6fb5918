package dev.nameplate.rules;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/** Walks parsed sources and notes every method, constructor and record head. */
final class Measure extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private final SourcePositions positions;
    private final List<MethodSize> found = new ArrayList<>();

    Measure(SourcePositions positions) {
        this.positions = positions;
    }

    List<MethodSize> found() {
        return List.copyOf(found);
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void unused) {
        if (type.getKind() == Tree.Kind.RECORD) {
            long components = type.getMembers().stream()
                    .filter(member -> member instanceof VariableTree field
                            && !field.getModifiers().getFlags().contains(Modifier.STATIC))
                    .count();
            found.add(MethodSize.recordHead(where(type.getSimpleName()), Math.toIntExact(components)));
        }
        return super.visitClass(type, null);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
        int parameters = method.getParameters().size();
        if (method.getReturnType() == null) {
            found.add(MethodSize.constructor(where(method.getName()), lines(method, method.getBody()), parameters));
        } else if (method.getBody() != null) {
            found.add(MethodSize.method(where(method.getName()), lines(method, method.getReturnType()), parameters));
        } else {
            found.add(MethodSize.method(where(method.getName()), 1, parameters));
        }
        return super.visitMethod(method, null);
    }

    private int lines(MethodTree method, Tree firstWord) {
        CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
        LineMap lines = unit.getLineMap();
        long last = lines.getLineNumber(positions.getEndPosition(unit, method));
        return Math.toIntExact(last - lines.getLineNumber(positions.getStartPosition(unit, firstWord)) + 1);
    }

    private String where(CharSequence name) {
        Path file =
                Path.of(getCurrentPath().getCompilationUnit().getSourceFile().toUri());
        return String.format(Locale.ROOT, "%s %s", file.getFileName(), name);
    }
}
