# shellcheck shell=bash
# Runs a bench that is written in Java. Needs the JDK and the built product.

# run_bench CLASS OPTION...: compiles dev.nameplate.bench against the product's jar alone, and runs one class of it
run_bench() {
    local class=$1 sources classes=$CHECKOUT/src/acceptance/target/bench
    shift
    mapfile -t sources < <(find "$CHECKOUT/src/acceptance/src/test/java/dev/nameplate/bench" -name '*.java' ! -name '*Test.java')
    rm -rf "$classes"
    mkdir -p "$classes"
    "$JAVA_HOME/bin/javac" -nowarn -proc:none -cp "$JAR" -d "$classes" "${sources[@]}"
    # The product makes a token of its own, whatever token this shell works with.
    unset SOFTHSM2_CONF NAMEPLATE_HOME
    exec "$JAVA_HOME/bin/java" -Xmx1g --enable-native-access=ALL-UNNAMED -cp "$JAR:$classes" "dev.nameplate.bench.$class" \
        --checkout "$CHECKOUT" "$@"
}
