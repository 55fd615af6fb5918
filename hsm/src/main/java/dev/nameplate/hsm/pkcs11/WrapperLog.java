package dev.nameplate.hsm.pkcs11;

import org.slf4j.LoggerFactory;
import org.xipki.pkcs11.wrapper.Logger;

/**
 * Takes what the wrapper would print to standard output. Arguments of its calls are never written, whatever the level: debug
 * and trace are off, because they would show templates and parameters.
 */
final class WrapperLog implements Logger {
    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger("dev.nameplate.hsm.pkcs11.wrapper");

    @Override
    public void info(String format, Object... arguments) {
        LOG.debug(format, arguments);
    }

    @Override
    public void warn(String format, Object... arguments) {
        LOG.warn(format, arguments);
    }

    @Override
    public void error(String format, Object... arguments) {
        LOG.warn(format, arguments);
    }

    @Override
    public void debug(String format, Object... arguments) {
        // Never: see the class comment.
    }

    @Override
    public void trace(String format, Object... arguments) {
        // Never: see the class comment.
    }

    @Override
    public boolean isDebugEnabled() {
        return false;
    }

    @Override
    public boolean isInfoEnabled() {
        return LOG.isDebugEnabled();
    }

    @Override
    public boolean isWarnEnabled() {
        return LOG.isWarnEnabled();
    }

    @Override
    public boolean isTraceEnabled() {
        return false;
    }
}
